import { WarningList } from '@samenhang/domain';
import { type CompiledWarningLists, compileWarningLists } from '@samenhang/enrichment';
import { loadDocument, ServiceError } from '@samenhang/runtime';

/** The warning lists in files, YAML or JSON as MISP publishes them, ready to be asked; none without files. Throws one `config-invalid` with every mistake in all of them. */
export async function loadWarningLists(files: readonly string[]): Promise<CompiledWarningLists | undefined> {
  if (files.length === 0) return undefined;
  const read = await Promise.allSettled(files.map((file) => loadDocument(file, WarningList, `warning list ${file}`)));
  const failures = read.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw together(failures);
  return compileWarningLists(read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}

function together(failures: readonly unknown[]): unknown {
  const known = failures.filter((failure) => failure instanceof ServiceError);
  if (known.length < failures.length) return failures.find((failure) => !(failure instanceof ServiceError));
  const errors = known.flatMap((failure) => failure.errors);
  return new ServiceError('config-invalid', known.map(({ message }) => message).join('\n'), { errors, cause: known[0] });
}
