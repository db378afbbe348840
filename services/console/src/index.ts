// The analyst's web page: static files without a build step, read once and served by query.
export { type ConsoleFile, consoleFiles } from './console-files.ts';
