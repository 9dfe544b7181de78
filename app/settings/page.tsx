import { redirect } from 'next/navigation';
import { sections } from './sections.ts';

export default function Settings() {
  redirect(sections[0]?.path ?? '/');
}
