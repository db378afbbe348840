import { userInfo } from 'node:os';
import { type Command, type CommandContext, UsageError } from '../command.ts';

/** Makes, lists and revokes keys, on the machine of the service. */
export const keysCommand: Command = {
  name: 'keys',
  takes: 'list|create|revoke ID',
  says: 'The keys of the service whose data directory is --data; a change holds from the next request on',
  flags: {
    role: { value: 'ROLE', says: 'create: adapter, analyst, lead, operator or partner' },
    name: { value: 'NAME', says: 'create: whose key it is' },
    audiences: { value: 'A,B|all', says: 'create: for whom it may read (default none)' },
    sources: { value: 'A,B|all', says: 'create: for which sources it may post (default none)' },
    trail: { value: 'DIR', says: 'create, revoke: where the audit trail is (default audit in the data directory)' },
    anchors: { value: 'DIR', says: 'create, revoke: where its anchors are (default audit-anchors in the data directory)' },
    expires: { value: 'TIME', says: 'create: until when it is good' },
  },
  async run(context) {
    const [verb, id] = context.words;
    const { keyFileOf, openKeyRing } = await import('@samenhang/runtime');
    const ring = openKeyRing(keyFileOf(context.data));
    if (verb === 'list') {
      for (const { hash: _hash, ...record } of ring.list())
        await (context.out.json ? context.out.value(record) : context.out.line(lineOf(record)));
      return 0;
    }
    if (verb === 'create') {
      const { key, record } = ring.create(await requestOf(context));
      await recorded('key-created', record.id, context).catch((error: unknown) => {
        // A key that nobody could account for must not be good.
        ring.revoke(record.id);
        throw error;
      });
      await (context.out.json ? context.out.value({ id: record.id, key }) : context.out.line(key));
      context.out.note('shown this once: only its hash is kept');
      return 0;
    }
    if (verb === 'revoke' && id !== undefined) {
      if (ring.revoke(id) === undefined) throw new UsageError(`there is no key ${id}`);
      await recorded('key-revoked', id, context);
      context.out.note(`revoked ${id}`);
      return 0;
    }
    throw new UsageError('keys takes list, create or revoke ID');
  },
};

/** Writes the change into the audit trail, under the name of who is logged in on this machine. */
async function recorded(action: 'key-created' | 'key-revoked', id: string, { data, flag }: CommandContext): Promise<void> {
  const { auditPlacesOf, openAuditFile } = await import('@samenhang/runtime');
  const places = auditPlacesOf({ data, audit: flag('trail'), auditAnchors: flag('anchors') });
  await using trail = await openAuditFile({ ...places, service: 'cli', now: Date.now });
  const by = `${userInfo().username} on this machine`;
  await trail.record({ at: new Date().toISOString(), by, action, audience: null, object: id, tlp: null }, 'now');
}

async function requestOf({ flag }: CommandContext) {
  const { Role } = await import('@samenhang/runtime');
  const role = Role.safeParse(flag('role'));
  const name = flag('name');
  if (!role.success || name === undefined)
    throw new UsageError('keys create needs --role adapter|analyst|lead|operator|partner and --name NAME');
  const [audiences, sources] = [listOf(flag('audiences')), listOf(flag('sources'))];
  const wrong = whyUseless(role.data, audiences.length > 0, sources.length > 0);
  if (wrong !== undefined) throw new UsageError(wrong);
  return { role: role.data, name, audiences, sources, ...expiryOf(flag('expires')) };
}

/** Why a key could not do what its role is for, or would hold a right that its role has no use for. */
function whyUseless(role: string, hasAudiences: boolean, hasSources: boolean): string | undefined {
  const [needsAudiences, needsSources] = [role !== 'adapter' && role !== 'operator', role === 'adapter'];
  if (needsAudiences !== hasAudiences)
    return needsAudiences ? `the role ${role} needs --audiences A,B or all` : `the role ${role} takes no --audiences`;
  if (needsSources !== hasSources)
    return needsSources ? `the role ${role} needs --sources A,B or all` : `the role ${role} takes no --sources`;
  return undefined;
}

function expiryOf(text: string | undefined): { readonly expiresAt?: string } {
  if (text === undefined) return {};
  const at = Date.parse(text);
  if (Number.isNaN(at) || at <= Date.now()) throw new UsageError('--expires takes an ISO 8601 instant that is still to come');
  return { expiresAt: new Date(at).toISOString() };
}

const listOf = (text: string | undefined): 'all' | string[] =>
  text === 'all' ? 'all' : (text ?? '').split(',').filter((part) => part !== '');

interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt?: string | undefined;
  readonly revokedAt?: string | undefined;
}

function lineOf({ id, name, role, createdAt, expiresAt, revokedAt }: ListedKey): string {
  const state = revokedAt !== undefined ? `revoked ${revokedAt}` : expiresAt !== undefined ? `until ${expiresAt}` : 'good';
  return `${id}  ${role.padEnd(8)}  ${state.padEnd(12)}  ${name}  (made ${createdAt})`;
}
