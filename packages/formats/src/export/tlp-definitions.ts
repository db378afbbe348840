import { compareTlp, type Marking, type Tlp } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { tlpMarkingIds } from '../stix/tlp-marking.ts';

/** The extension by which TLP 2.0 is said in STIX 2.1 (OASIS, STIX common objects). */
const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

/** The marking definition of a level of TLP 2.0, as OASIS publishes it. */
export const stixTlpDefinition = (tlp: Tlp): JsonObject => ({
  type: 'marking-definition',
  spec_version: '2.1',
  id: tlpMarkingIds[tlp],
  created: '2022-10-01T00:00:00.000Z',
  name: `TLP:${tlp.toUpperCase()}`,
  extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: tlp } },
});

/** True for what may be given to another organisation: amber+strict stays within the organisation, and red with who was told (TLP 2.0). */
export const mayLeave = ({ tlp }: Pick<Marking, 'tlp'>): boolean => compareTlp(tlp, 'amber') <= 0;
