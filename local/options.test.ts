import { expect, test } from 'vitest';
import { parseUpOptions } from './options.ts';

const parse = (args: string[], env: Partial<NodeJS.ProcessEnv> = {}) =>
  parseUpOptions(args, '/clone', { NODE_ENV: 'test', ...env });

test('without options the demo runs on port 3000 with its data in the clone', () => {
  expect(parse([])).toEqual({ port: 3000, data: '/clone/.data', demo: true, reset: false, help: false });
});

test('the data folder is the option, else HUBS_DATA, and always an absolute path', () => {
  expect(parse(['--data', '/a'], { HUBS_DATA: '/b' }).data).toBe('/a');
  expect(parse([], { HUBS_DATA: '/b' }).data).toBe('/b');
  expect(parse(['--data=sub']).data).toBe(`${process.cwd()}/sub`);
});

test('an unknown option is named', () => {
  expect(() => parse(['--prot', '3'])).toThrow("Unknown option '--prot'. bin/up --help lists the options.");
  expect(() => parse(['3001'])).toThrow("'3001'");
});

test.each(['x', '0', '65536', '3e3', '80.5', ''])('--port %j is refused', (port) => {
  expect(() => parse([`--port=${port}`])).toThrow('is not a port');
});

test('an option that lacks its value is named', () => {
  expect(() => parse(['--data'])).toThrow('--data');
  expect(() => parse(['--data='])).toThrow('--data');
});
