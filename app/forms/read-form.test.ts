import { expect, test } from 'vitest';
import { readForm, readLocalPath } from './read-form.ts';

test.each([
  ['/t/design?as=member#people', '/t/design?as=member#people'],
  ['/groups?q=日本', '/groups?q=%E6%97%A5%E6%9C%AC'],
  ['/t/design/../docs', '/t/docs'],
  ['/', '/'],
])('%j is a path of this site', (path, address) => {
  expect(readLocalPath(path)).toBe(address);
});

test.each([
  ...['https://evil.example', '//evil.example', '/\\evil.example', '/.//evil.example', '/t/..//evil.example'],
  ...['/\n/evil.example', 'javascript:alert(1)', 'groups', '', `/${'x'.repeat(2_000)}`],
  ...[undefined, ['/groups']],
])('%j is none', (path) => {
  expect(readLocalPath(path)).toBeNull();
});

const read = (body: BodyInit, type: string) =>
  readForm(
    new Request('http://hubs.example.org', { method: 'POST', body, headers: { 'content-type': type } }),
  );
const asForm = (body: string) => read(body, 'application/x-www-form-urlencoded');

test('a form and a JSON object say the same', async () => {
  const fields = { title: 'Help', tags: ['a', 'b'] };
  expect((await asForm('title=Help&tags=a&tags=b&_page=/t/design')).fields).toEqual(fields);
  const posted = await read(JSON.stringify({ ...fields, _page: '/t/design' }), 'application/json');
  expect(posted).toEqual({ fields, page: '/t/design', json: false });
});

test('a name that objects inherit is a name like others', async () => {
  expect((await asForm('toString=a&constructor=b&constructor=c')).fields).toEqual({
    toString: 'a',
    constructor: ['b', 'c'],
  });
});

test('what is no form, no text or too much is refused in a sentence', async () => {
  await expect(read('x', 'text/plain')).rejects.toThrow('no form that can be read');
  await expect(read('{', 'application/json')).rejects.toThrow('JSON object');
  await expect(read('"x"', 'application/json')).rejects.toThrow('JSON object');
  await expect(asForm('title=a%00b')).rejects.toThrow('no text has');
  await expect(read('{"title":["a","\\ud800"]}', 'application/json')).rejects.toThrow('no text has');
  await expect(asForm(`title=${'x'.repeat(256 * 1024)}`)).rejects.toThrow('more than 256 KB');
});
