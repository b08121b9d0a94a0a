// Numbers and times as text, and elements made of text alone: nothing that comes from the server is ever taken for HTML.

const NUMBER = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});
const TENTHS = new Intl.NumberFormat('en-US', {maximumFractionDigits: 1});
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export const byId = (id) => document.getElementById(id);

export const number = (value) => NUMBER.format(value);

export const rate = (value) => (value >= 100 ? NUMBER : TENTHS).format(value);

export const millis = (value) => (value >= 10 ? NUMBER : TENTHS).format(value) + ' ms';

export const bytes = (value) => {
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${unit && value < 100 ? value.toFixed(1) : NUMBER.format(value)} ${UNITS[unit]}`;
};

export const duration = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 36000) return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
  return whole < 172800 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 86400)} days`;
};

export const clock = (time) => new Date(time).toLocaleTimeString('en-GB');

/** A time of today as such, others with their date. */
export const moment = (time) => {
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock(time) : `${date.toLocaleDateString('en-GB', {day: 'numeric', month: 'short'})}, ${clock(time)}`;
};

/** An element with a class and children; strings become text. */
export const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

export const icon = (level) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${level}`);
  svg.append(use);
  return svg;
};

/** Sets a text only when it changed, so that selections and screen readers stay undisturbed. */
export const setText = (target, text) => {
  if (target.textContent !== text) target.textContent = text;
};
