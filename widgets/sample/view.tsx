'use client';
import { plural } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import type { SampleOwn } from './read-sample.ts';

export default function SampleView({ own, settings }: ViewProps<SampleOwn, null>) {
  if (own.people === 0) {
    return (
      <p className="px-4 py-4 text-muted text-sm">Nobody belongs here yet; the first one is counted here.</p>
    );
  }
  return (
    <p className="px-4 py-3">
      {String(settings.text)}{' '}
      <span className="text-muted text-sm">to {plural(own.people, 'person', 'people')}</span>
    </p>
  );
}
