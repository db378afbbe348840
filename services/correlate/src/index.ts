// Turns each audience's inputs into its incidents, described: one correlator per audience.
export { AudienceCorrelation, type PlacedInput } from './audience-correlation.ts';
export { createCorrelateStep } from './correlate-step.ts';
export { profileIncident } from './profile-incident.ts';
export { digestSignal, type SignalDigest } from './signal-digest.ts';
