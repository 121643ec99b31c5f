// Drawings are made at the width they are shown at, so that lines stay crisp and text keeps its size.

import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Measure an element, now and whenever it changes. {px} */
export function useWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, set] = useState(320);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => set(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
