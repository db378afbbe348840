// Tells webhooks that incidents changed, signed and without their content.
export { createNotifySteps } from './create-notify-steps.ts';
