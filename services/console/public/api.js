const keyName = 'samenhang-key';
const audienceName = 'samenhang-audience';

export const heldKey = () => sessionStorage.getItem(keyName);
export const holdKey = (key) => sessionStorage.setItem(keyName, key);
export const forgetKey = () => {
  sessionStorage.removeItem(keyName);
  sessionStorage.removeItem(audienceName);
};
export const heldAudience = () => sessionStorage.getItem(audienceName);
export const holdAudience = (audience) => sessionStorage.setItem(audienceName, audience);

/** An answer that is not 200, with the problem in words. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `The service answered ${status}.`);
    this.status = status;
  }
}

/** The JSON at a path of the service, asked with the held key for the held audience; throws a Problem for any other answer. */
export async function get(path, { signal } = {}) {
  const audience = heldAudience();
  const headers = { authorization: `Bearer ${heldKey() ?? ''}`, ...(audience === null ? {} : { 'samenhang-audience': audience }) };
  const response = await fetch(path, { headers, signal });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}
