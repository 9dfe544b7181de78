import type { ReactNode } from 'react';

const looks = {
  plain: 'border-line-strong bg-surface text-text hover:bg-sunken',
  strong: 'border-accent bg-accent text-surface',
};

interface Props {
  look?: keyof typeof looks;
  onPress: () => void;
  disabled?: boolean;
  name?: string;
  children: ReactNode;
}

/** A button that does something in the page; ui/form.tsx has those that send. */
export function Press({ look = 'plain', onPress, disabled = false, name, children }: Props) {
  return (
    <button
      type="button"
      aria-disabled={disabled}
      aria-label={name}
      onClick={() => !disabled && onPress()}
      className={`cursor-pointer whitespace-nowrap rounded-md border px-3 py-1.5 font-medium text-sm touch:min-h-11 touch:min-w-11 aria-disabled:cursor-default aria-disabled:opacity-60 ${looks[look]}`}
    >
      {children}
    </button>
  );
}
