// Ages grow while nothing happens.

import { useEffect, useState } from 'react';

/** Tell the time on the server’s clock, every second. {s} */
export function useNow(skew: number): number {
  const [now, set] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = window.setInterval(() => set(Date.now() / 1000), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return now + skew;
}
