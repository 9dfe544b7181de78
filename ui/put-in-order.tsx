'use client';
// The button behind which a list can be dragged into another order; without JavaScript there are other buttons.
import { useRouter } from 'next/navigation';
import { type ComponentType, useEffect, useState } from 'react';
import { postForm } from './form.tsx';
import type { SortableProps } from './sortable.tsx';

interface Props extends Pick<SortableProps, 'label' | 'items'> {
  /** The button's words, such as "Put the links in order". */
  button: string;
  /** Where it posts to, with the item's id as the field `name`; without a name the id ends the address. */
  action: string;
  name?: string;
}

/** Posts `do=place` with `after`: the item it stands behind now, 0 for the first place. */
export function PutInOrder({ button, label, items, action, name }: Props) {
  const router = useRouter();
  const [there, setThere] = useState(false);
  const [Sortable, setSortable] = useState<{ Sortable: ComponentType<SortableProps> } | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => setThere(true), []);
  if (!there || items.length < 2) return null;

  async function move(id: number, after: number): Promise<string> {
    const body = new FormData();
    body.set('do', 'place');
    body.set('after', String(after));
    if (name) body.set(name, String(id));
    const answer = await postForm(name ? action : `${action}/${id}`, body);
    if ('signIn' in answer) {
      window.location.assign(answer.signIn);
      return '';
    }
    const [error] = Object.values(answer.errors);
    setProblem(error ?? '');
    router.refresh();
    return error ?? '';
  }

  const toggle = () =>
    Sortable
      ? setSortable(null)
      : import('./sortable.tsx').then(
          (module) => setSortable({ Sortable: module.default }),
          () => setProblem('What is needed to drag could not be fetched; try again in a moment.'),
        );
  return (
    <div className="text-sm">
      <button
        type="button"
        onClick={toggle}
        aria-expanded={Sortable !== null}
        className="cursor-pointer py-1 font-medium text-accent hover:underline"
      >
        {button}
      </button>
      {problem && (
        <p role="alert" className="my-1 rounded-md bg-warn-soft px-3 py-2 text-warn">
          {problem}
        </p>
      )}
      {Sortable && <Sortable.Sortable label={label} items={items} onMove={move} />}
    </div>
  );
}
