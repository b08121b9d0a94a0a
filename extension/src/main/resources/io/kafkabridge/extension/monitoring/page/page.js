// Listens to the server's events and tells the sections. When the connection is lost, the page says so and tries again.

import {Plot} from './plot.js';
import {clusters, mappings, problems, rejected} from './sections.js';
import {byId, clock, duration, number, rate, setText} from './text.js';

const RETRY_MILLIS = 2000;
const SILENCE_MILLIS = 5000;

const rates = new Plot(byId('plot-rates'), [{name: 'in', label: 'from MQTT'}, {name: 'out', label: 'to Kafka'}], rate, false);
const waiting = new Plot(byId('plot-waiting'), [{name: 'waiting', label: 'waiting', filled: true}], number, true);

let source = null;
let started = 0;
let lastEvent = 0;
let lastTime = 0;
let lost = false;
let announced = '';

const setLevel = (level) => {
  const section = byId('verdict');
  if (section.dataset.level !== level) {
    section.dataset.level = level;
    section.querySelector('use').setAttribute('href', `#i-${level}`);
  }
};

/** Only what changes in kind is told to screen readers; numbers aren't. */
const announce = (status) => {
  const states = status.clusters.map((cluster) => `${cluster.id}: ${cluster.words.word}`);
  const kind = [status.verdict.level, ...states].join();
  if (kind !== announced) {
    announced = kind;
    setText(byId('announce'), [status.verdict.text, ...states].join(' '));
  }
};

const showAbout = (about) => {
  started = about.started;
  setText(byId('version'), about.version);
  setText(byId('config-file'), about.configFile);
  setText(byId('configuration'), about.configuration);
  setText(byId('rejected-command'), about.rejectedCommand);
  mappings.about(about);
};

const showHistory = (points) => {
  rates.set([...points]);
  waiting.set([...points]);
};

const showStatus = (status) => {
  setLevel(status.verdict.level);
  setText(byId('verdict-text'), status.verdict.text);
  document.title = `${status.verdict.text} · HiveMQ Kafka Bridge`;
  announce(status);
  setText(byId('rate-in'), rate(status.in));
  setText(byId('rate-out'), rate(status.out));
  setText(byId('waiting'), number(status.clusters.reduce((sum, cluster) => sum + cluster.spoolRecords, 0)));
  clusters.show(status.clusters);
  mappings.show(status.mappings);
  problems(status.problems);
  rejected(status.rejected);
  lastTime = status.time;
  setText(byId('freshness'), `Live · ${clock(status.time)}`);
  setText(byId('uptime'), `HiveMQ runs the bridge for ${duration((status.time - started) / 1000)}`);
};

const found = () => {
  lastEvent = Date.now();
  if (lost) {
    lost = false;
    byId('lost').hidden = true;
    document.body.classList.remove('stale');
  }
};

const lose = () => {
  if (!lost) {
    lost = true;
    document.body.classList.add('stale');
    setText(byId('freshness'), 'No connection');
    document.title = 'No connection · HiveMQ Kafka Bridge';
  }
  byId('lost').hidden = false;
  setText(byId('lost'), lastTime
    ? `No connection to HiveMQ since ${clock(lastTime)}. What you see is from then. Trying again…`
    : 'No connection to HiveMQ. Trying again…');
};

const listen = () => {
  source?.close();
  source = new EventSource('events');
  lastEvent = Date.now();
  let fresh = false; // The first status after a history is its last point.
  const on = (name, show) => source.addEventListener(name, (event) => {
    found();
    show(JSON.parse(event.data));
  });
  on('about', showAbout);
  on('history', (points) => {
    showHistory(points);
    fresh = true;
  });
  on('status', (status) => {
    if (!fresh && status.point) {
      rates.add(status.point);
      waiting.add(status.point);
    }
    fresh = false;
    showStatus(status);
  });
  source.addEventListener('error', lose);
};

// A browser gives up after an answer that isn't a stream, and doesn't notice a silent connection.
setInterval(() => {
  if (source.readyState === EventSource.CLOSED || Date.now() - lastEvent > SILENCE_MILLIS) {
    if (Date.now() - lastEvent > SILENCE_MILLIS) lose();
    listen();
  }
}, RETRY_MILLIS);

byId('find-text').addEventListener('input', () => mappings.find());
if (navigator.clipboard) {
  byId('copy').hidden = false;
  byId('copy').addEventListener('click', async () => {
    await navigator.clipboard.writeText(byId('rejected-command').textContent);
    setText(byId('copy'), 'Copied');
    setTimeout(() => setText(byId('copy'), 'Copy'), RETRY_MILLIS);
  });
}
listen();
