import { concepts } from './concepts.ts';
import type { SharedValueKind } from './evidence-kind.ts';
import { names } from './names.ts';
import { numbers } from './numbers.ts';
import { places } from './places.ts';
import { typedObservables } from './typed-observables.ts';
import { webAddresses } from './web-addresses.ts';
import { words } from './words.ts';

/** Every kind of evidence by a shared value. */
export const sharedValueKinds: readonly SharedValueKind[] = [typedObservables, webAddresses, names, numbers, places, concepts, words];
