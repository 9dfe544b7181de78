'use client';
import { type RefObject, useEffect, useState } from 'react';

const TOP_PIXELS = 80;

/** Whether the reader rests at the top of the page, with the pointer outside the element and the focus not within it. */
export function useResting(element: RefObject<HTMLElement | null>): boolean {
  const [resting, setResting] = useState(true);
  useEffect(() => {
    const list = element.current;
    if (!list) return;
    const look = () => {
      const focused = document.activeElement;
      const within = focused !== list && list.contains(focused);
      setResting(window.scrollY < TOP_PIXELS && !within && !list.matches(':hover'));
    };
    // Focus has moved on only after `focusout`.
    const lookSoon = () => queueMicrotask(look);
    look();
    window.addEventListener('scroll', look, { passive: true });
    for (const event of ['pointerenter', 'pointerleave', 'focusin']) list.addEventListener(event, look);
    list.addEventListener('focusout', lookSoon);
    return () => {
      window.removeEventListener('scroll', look);
      for (const event of ['pointerenter', 'pointerleave', 'focusin']) list.removeEventListener(event, look);
      list.removeEventListener('focusout', lookSoon);
    };
  }, [element]);
  return resting;
}
