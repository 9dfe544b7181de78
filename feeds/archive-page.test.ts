import { expect, test } from 'vitest';
import { archivePage } from './archive-page.ts';

const page = 'https://archive.example.org/raw';
const hub = (type: 'user' | 'team' | 'stream', packages: string[] = []) => ({ type, name: 'Mira', packages });

test('what is older of a person or of packages has a page in the archive, from the oldest entry on', () => {
  for (const type of ['user', 'stream'] as const)
    expect(archivePage(page, hub(type), 1_700_000_000_999)).toBe(
      'https://archive.example.org/raw?user=Mira&end=1700000000&delta=2592000',
    );
  expect(archivePage(page, hub('team', ['guake', 'gtk+']), 5_000)).toBe(
    'https://archive.example.org/raw?package=guake&package=gtk%2B&end=5&delta=2592000',
  );
});

test('no page where there is no archive for people, or a team names no packages', () => {
  expect(archivePage(undefined, hub('user'), 0)).toBeNull();
  expect(archivePage(page, hub('team'), 0)).toBeNull();
});
