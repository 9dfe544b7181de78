import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { plainText, renderMarkdown } from './markdown.ts';

interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/** The tags a browser would see. */
function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) });
  parser.end(html);
  return tags;
}

test('a text becomes paragraphs, lists and links that pass no rank on', () => {
  expect(
    renderMarkdown('*We* meet:\n\n- on [Mondays](https://example.org/a)\n- see https://example.org/b'),
  ).toBe(
    '<p><em>We</em> meet:</p>\n<ul>\n<li>on <a rel="nofollow ugc noopener" href="https://example.org/a">Mondays</a></li>\n' +
      '<li>see <a rel="nofollow ugc noopener" href="https://example.org/b">https://example.org/b</a></li>\n</ul>',
  );
});

test('headings begin at the third rank, below the page’s and the widget’s own, and leave no gap', () => {
  const ranks = (text: string) => tagsOf(renderMarkdown(text)).map(({ name }) => name);
  expect(ranks('# A\n\n## B\n\n# C')).toEqual(['h3', 'h4', 'h3']);
  expect(ranks('## A\n\n###### B\n\n### C\n\n# D')).toEqual(['h3', 'h4', 'h4', 'h3']);
  expect(ranks('# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6').at(-1)).toBe('h6');
  expect(renderMarkdown('A\n=\n\nB\n-')).toBe('<h3>A</h3>\n<h4>B</h4>');
});

test('no picture is loaded: it becomes a link, within a link its words', () => {
  expect(renderMarkdown('![a map](https://example.org/map.png "Map")')).toBe(
    '<p><a rel="nofollow ugc noopener" href="https://example.org/map.png">a map</a></p>',
  );
  expect(renderMarkdown('[![a map](https://example.org/map.png)](https://example.org)')).toBe(
    '<p><a rel="nofollow ugc noopener" href="https://example.org">a map</a></p>',
  );
});

test('HTML stands there as it was typed', () => {
  expect(renderMarkdown('<h1>x</h1><script>alert(1)</script>')).toBe(
    '&lt;h1&gt;x&lt;/h1&gt;&lt;script&gt;alert(1)&lt;/script&gt;',
  );
});

const tricks = fc.constantFrom(
  '<script>',
  '</a>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
  '<javascript:alert(1)>',
  '[x]: data:text/html,x',
  '[x](&#106;avascript:alert(1))',
  '"',
  "'",
  '`',
  '>',
  '<',
  '&lt;',
  '\\',
  '[',
  '](',
  '![',
  ')',
  '\n',
  '\n\n',
  '# ',
  '- ',
  '    ',
  '[a](https://e.org "on\\"click=x")',
  '![" onerror="alert(1)](https://e.org)',
  '<svg onload=alert(1)>',
  'vbscript:x',
  'https://e.org/"onclick="x',
);
const allowed = new Set('p em strong a ul ol li h3 h4 h5 h6 blockquote pre code br hr'.split(' '));
const attributes = new Set(['href', 'rel', 'title', 'class', 'start']);

test('no script, handler or dangerous address survives, whatever is written', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(tricks, fc.string({ maxLength: 6 })), { maxLength: 12 }), (pieces) => {
      for (const { name, attributes: given } of tagsOf(renderMarkdown(pieces.join('')))) {
        expect(allowed).toContain(name);
        for (const [attribute, value] of Object.entries(given)) {
          expect(attributes).toContain(attribute);
          if (attribute !== 'href') continue;
          expect(URL.parse(value, 'https://hubs.example')?.protocol ?? 'https:').toMatch(
            /^(https?|ircs?|mailto|xmpp):$/,
          );
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('where there is room for a line, the words stand without their signs', () => {
  expect(plainText('# Hello\n\nWe are **many** & <b>, see [here](https://example.org).')).toBe(
    'Hello We are many & <b>, see here.',
  );
});
