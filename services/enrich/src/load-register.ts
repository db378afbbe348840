import { Register } from '@samenhang/domain';
import { type CompiledRegister, compileRegister } from '@samenhang/enrichment';
import { loadDocument } from '@samenhang/runtime';

/** The register in a YAML or JSON file, ready to be found in texts; none without a file. Throws `config-invalid` with every mistake in it. */
export const loadRegister = async (file: string | undefined): Promise<CompiledRegister | undefined> =>
  file === undefined ? undefined : compileRegister(await loadDocument(file, Register, 'register'));
