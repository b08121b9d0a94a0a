// A plot of the last minutes: lines over time in an SVG, drawn anew once a second and when its place changes size.

const SVG = 'http://www.w3.org/2000/svg';
const BOTTOM = 18;
const TOP = 8;
const WINDOWS = [120, 300, 600];

const make = (name, attributes, parent) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
};

/** The least of 1, 2, 5 times a power of ten that isn't smaller. */
const nice = (value) => {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= value * 0.9999);
};

export class Plot {
  /**
   * @param place the element to draw into
   * @param series [{name, label, filled}]: what to take of each point
   * @param format a number as text
   * @param whole whether there are whole numbers only
   */
  constructor(place, series, format, whole) {
    Object.assign(this, {place, series, format, whole, points: []});
    this.svg = make('svg', {role: 'img', 'aria-label': 'No data yet'}, place);
    this.tip = document.createElement('div');
    this.tip.className = 'tip';
    this.tip.hidden = true;
    place.append(this.tip);
    new ResizeObserver(() => this.draw()).observe(place);
    place.addEventListener('pointermove', (event) => this.point(event));
    place.addEventListener('pointerleave', () => this.point(null));
  }

  set(points) {
    this.points = points.slice(-WINDOWS[WINDOWS.length - 1]);
    this.draw();
  }

  add(point) {
    this.points.push(point);
    this.set(this.points);
  }

  describe() {
    const last = this.points[this.points.length - 1];
    const parts = this.series.map(({name, label}) => {
      const most = Math.max(...this.points.map((point) => point[name]));
      return `${label}: now ${this.format(last[name])}, at most ${this.format(most)}`;
    });
    return `The last ${this.span / 60} minutes. ${parts.join('. ')}.`;
  }

  draw() {
    const {width, height} = this.place.getBoundingClientRect();
    if (!width || !this.points.length) return;
    this.svg.replaceChildren();
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.span = WINDOWS.find((window) => window >= this.points.length);
    this.svg.setAttribute('aria-label', this.describe());

    const most = Math.max(...this.points.flatMap((point) => this.series.map(({name}) => point[name])));
    const step = nice(Math.max(most, this.whole ? 3 : 1) / 3);
    const top = step * Math.max(2, Math.ceil(most / step - 1e-9));
    const y = (value) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
    for (let value = 0; value <= top * 1.0001; value += step) {
      make('line', {class: 'grid', x1: 0, x2: width, y1: y(value), y2: y(value)}, this.svg);
    }
    this.x = (index) => width * (1 - (this.points.length - 1 - index) / (this.span - 1));
    for (const line of this.series) this.line(line, y);
    for (let value = step; value <= top * 1.0001; value += step) {
      make('text', {x: 0, y: y(value) + 12}, this.svg).textContent = this.format(value);
    }
    const minutes = this.span / 60;
    for (const [at, anchor] of [[0, 'start'], [0.5, 'middle'], [1, 'end']]) {
      const text = make('text', {x: width * at, y: height - 3, 'text-anchor': anchor}, this.svg);
      text.textContent = at === 1 ? 'now' : `${minutes * (1 - at)} min ago`;
    }
    if (this.pointed != null) this.cursor(width, height);
  }

  line({name, filled}, y) {
    const parts = this.points.map((point, index) => `${this.x(index).toFixed(1)} ${y(point[name]).toFixed(1)}`);
    if (filled) {
      const ends = [this.x(0), this.x(this.points.length - 1)].map((x) => `${x.toFixed(1)} ${y(0)}`);
      make('path', {class: `${name} area`, d: `M${[ends[0], ...parts, ends[1]].join('L')}Z`}, this.svg);
    }
    make('path', {class: name, d: `M${parts.join('L')}`}, this.svg);
  }

  point(event) {
    this.pointed = event ? event.clientX - this.place.getBoundingClientRect().left : null;
    this.tip.hidden = true;
    this.draw();
  }

  cursor(width, height) {
    const ago = Math.round((1 - this.pointed / width) * (this.span - 1));
    const index = this.points.length - 1 - ago;
    const point = this.points[index];
    if (!point) return;
    const x = this.x(index);
    make('line', {class: 'cursor', x1: x, x2: x, y1: TOP, y2: height - BOTTOM}, this.svg);
    const time = ago < 60 ? `${ago} s` : `${Math.floor(ago / 60)} min ${ago % 60} s`;
    this.tip.textContent = `${time} ago: ` +
      this.series.map(({name, label}) => `${label} ${this.format(point[name])}`).join(', ');
    this.tip.hidden = false;
    const room = width - this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(0, Math.min(room, x - this.tip.offsetWidth / 2))}px`;
  }
}
