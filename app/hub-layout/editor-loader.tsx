'use client';
// The editor is big and only for those who edit: it is fetched here, and until it is there the plain forms stand.
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import type { EditorProps } from './editor-props.ts';

export function EditorLoader({ children, ...props }: EditorProps & { children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ Editor: ComponentType<EditorProps> } | null>(null);
  useEffect(() => {
    import('./editor.tsx').then(setLoaded, (error: unknown) => {
      // The plain forms stay and do all of it.
      console.warn('the layout editor could not be fetched', error);
    });
  }, []);
  return loaded ? <loaded.Editor {...props} /> : children;
}
