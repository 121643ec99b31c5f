// Puts the page together and on the screen.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no element #page to draw into; serve the page as it was built');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
