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
export const get = (path, { signal } = {}) => ask(path, { signal });

/** Sends a JSON body and gives the JSON that is answered; throws a Problem for any other answer. */
export const post = (path, body) =>
  ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function ask(path, { headers = {}, ...given }) {
  const audience = heldAudience();
  const acting = audience === null ? {} : { 'samenhang-audience': audience };
  const response = await fetch(path, { ...given, headers: { ...headers, ...acting, authorization: `Bearer ${heldKey() ?? ''}` } });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}
