import type { Marking, PostedSignal, SourceType } from '@samenhang/domain';
import type { CsvMapping } from './csv/csv-mapping.ts';

/** What was read of a partner's file, or why not: `unknown` is a format that nobody here reads. */
export const fileFormats = ['stix-2.1', 'stix-2.0', 'stix-1', 'cap-1.2', 'cap-1.1', 'misp', 'csv', 'mail', 'signals', 'unknown'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** One thing that was left out, or the whole file: where it stands (a line, an object, a message) and why. */
export interface Remark {
  readonly at: string;
  readonly reason: string;
}

/** A partner's file, read completely or refused: every object is in a signal, counted as a relationship, or dropped with a reason. */
export interface ParsedFile {
  readonly format: FileFormat;
  /** Valid signals, ready to be posted. */
  readonly signals: readonly PostedSignal[];
  /** Distinct observables of all signals. */
  readonly observables: number;
  readonly relationships: number;
  readonly dropped: readonly Remark[];
  /** Set when nothing of the file was taken over; then there are no signals. */
  readonly refused: Remark | null;
}

/** What the channel knows and the file may not say. */
export interface ParseOptions {
  /** The source of every signal; without it the file's own producer. A feed should always be named, so that it cannot speak for another. */
  readonly source?: string;
  readonly sourceType?: SourceType;
  /** The marking of what carries none; TLP:AMBER by default. */
  readonly marking?: Marking;
  /** Which column of a CSV file is what. */
  readonly mapping?: CsvMapping;
}

/** What one format's reader gives: the signals it made and what it left out, or the refusal of the whole file. */
export type Reading =
  | {
      readonly kind: 'read';
      readonly format: FileFormat;
      readonly signals: readonly PostedSignal[];
      readonly relationships: number;
      readonly dropped: readonly Remark[];
    }
  | { readonly kind: 'refused'; readonly format: FileFormat; readonly at: string; readonly reason: string };

/** The refusal of a whole file. */
export const refuse = (format: FileFormat, at: string, reason: string): Reading => ({ kind: 'refused', format, at, reason });
