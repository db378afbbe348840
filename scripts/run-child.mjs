// Runs one child process as if it were this one. Plain JavaScript on the host's Node.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
const watchEveryMs = 250;

/** npm passes signals on only to what it started itself, which is why its scripts say `exec`: no shell stands between. When it is killed it tells nobody: whoever has another parent then, is not wanted any more. */
function watchParent(gone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) gone();
  }, watchEveryMs).unref();
}

/** Resolves with the exit code of the child (128 + n after signal n). A signal that stops us is passed on, and we end when the child has ended. */
export function runChild(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    const watch = watchParent(() => {
      clearInterval(watch);
      passOn('SIGTERM');
    });
    const end = (code) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, passOn);
      resolve(code);
    };
    child.once('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      end(127);
    });
    child.once('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
