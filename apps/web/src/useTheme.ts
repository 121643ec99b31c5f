// Light or dark: the system’s choice until the reader makes one, which is then remembered.

import { useEffect, useState } from 'react';

const KEY = 'trimtab-theme';
const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Hold the theme, and change it to the next. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, set] = useState(remembered);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return [theme, () => set(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system')];
}

function remembered(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}
