// What the incidents of an audience are, described, as a function of its inputs, and what they write into a store. Shared by what runs as they come and what runs them again.
export { AudienceCorrelation, type PlacedInput, type Told } from './audience-correlation.ts';
export { incidentWrites, type PlacedChange } from './incident-writes.ts';
export { profileIncident } from './profile-incident.ts';
export { digestSignal, type SignalDigest } from './signal-digest.ts';
export { type PlacedMessage, signalIdOf, signalWrites } from './signal-writes.ts';
