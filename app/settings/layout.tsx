import type { ReactNode } from 'react';
import { Side } from '../side/side.tsx';
import { SectionLinks } from './section-links.tsx';
import { sections } from './sections.ts';

/** Around every section; each asks for a session itself (demand-viewer.ts). */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Side>
      <div className="mx-auto max-w-3xl px-4 py-6">
        <h1 className="mb-4 font-semibold text-2xl">Settings</h1>
        <SectionLinks sections={sections} />
        <div className="py-6">{children}</div>
      </div>
    </Side>
  );
}
