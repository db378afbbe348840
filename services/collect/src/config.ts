import { Marking } from '@samenhang/domain';
import { CsvMapping } from '@samenhang/formats';
import { z } from 'zod';

const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
  .describe('Name of the channel in files and logs; also the source of its signals.');
const Web = z.url({ protocol: /^https?$/ });

const common = {
  name: Name,
  marking: Marking.optional().describe('Marking of what carries none; TLP:AMBER by default.'),
  everySeconds: z.int().min(1).max(86_400).default(300).describe('Seconds between two looks.'),
};

export const DropFolder = z.strictObject({
  ...common,
  folder: z.string().min(1).describe('Folder in which files are dropped; done/ and refused/ are made in it.'),
  settleSeconds: z.int().min(0).max(3_600).default(2).describe('A file that changed less than so long ago is still being written.'),
  mapping: CsvMapping.optional().describe('Which column of its CSV files is what.'),
});
/** A folder in which a post or sector body drops files. */
export type DropFolder = z.infer<typeof DropFolder>;

export const TaxiiServer = z.strictObject({
  ...common,
  url: Web.describe('Discovery address, API root or collection of a TAXII 2.1 server.'),
  collections: z
    .array(z.string().min(1).max(200))
    .max(100)
    .optional()
    .describe('Identifiers or aliases of collections; every readable one without it.'),
  username: z.string().max(200).optional(),
  passwordFrom: z.string().max(100).optional().describe('Environment variable that holds the password.'),
  tokenFrom: z.string().max(100).optional().describe('Environment variable that holds a bearer token.'),
  pageSize: z.int().min(1).max(10_000).default(1_000).describe('Objects asked for per page.'),
});
/** A TAXII 2.1 server of a partner. */
export type TaxiiServer = z.infer<typeof TaxiiServer>;

export const WebFeed = z.strictObject({
  ...common,
  url: Web.describe('Address of a CAP, MISP, STIX or CSV file that changes.'),
  tokenFrom: z.string().max(100).optional().describe('Environment variable that holds a bearer token.'),
  mapping: CsvMapping.optional().describe('Which column of its CSV is what.'),
});
/** A file of a partner that is fetched over HTTP. */
export type WebFeed = z.infer<typeof WebFeed>;

export const FetchLimits = z.strictObject({
  bytes: z.int().min(1_024).max(268_435_456).default(67_108_864).describe('Largest body, in bytes, after decompression.'),
  seconds: z.int().min(1).max(600).default(60).describe('Longest time of one request, redirects included.'),
  ratio: z.int().min(2).max(1_000).default(100).describe('Largest ratio of a decompressed body to what was sent.'),
  objects: z
    .int()
    .min(1)
    .max(200_000)
    .default(50_000)
    .describe('Most objects of one TAXII collection in one go; the rest follows in the next.'),
  pages: z.int().min(1).max(10_000).default(500).describe('Most pages of one TAXII collection in one go.'),
  redirects: z.int().min(0).max(10).default(5),
});
export type FetchLimits = z.infer<typeof FetchLimits>;

export const CollectConfig = z.strictObject({
  service: Web.default('http://127.0.0.1:8080').describe('Address of ingest.'),
  data: z.string().min(1).default('./data/collect').describe('Directory that holds the cursors and refused bodies.'),
  hosts: z
    .array(z.string().min(1).max(253))
    .max(1_000)
    .default([])
    .describe('Hosts that may be fetched from besides those of the channels; `.example.org` means every host below it.'),
  privateNetworks: z.boolean().default(false).describe('Whether addresses in private networks may be fetched from.'),
  limits: FetchLimits.prefault({}),
  embassy: z.array(DropFolder).max(200).default([]).describe('Mail drop folders of posts.'),
  ras: z.array(TaxiiServer).max(200).default([]).describe('TAXII servers of the Rapid Alert System.'),
  sector: z
    .array(z.union([WebFeed, DropFolder]))
    .max(500)
    .default([])
    .describe('Feeds and drop folders of sector bodies.'),
});
/** `collect.yaml`: what the channels are; secrets are named here and stand in the environment. */
export type CollectConfig = z.infer<typeof CollectConfig>;

export const channels = ['embassy', 'ras', 'sector'] as const;
export type Channel = (typeof channels)[number];
