// The sections of the page: each is told what the server says, and changes what has changed.

import {byId, bytes, duration, element, icon, millis, moment, number, rate, setText} from './text.js';

/** Shows a list of things, made anew when their ids change. */
class Keyed {
  constructor(place, create) {
    Object.assign(this, {place, create, ids: '', views: []});
  }

  show(items) {
    const ids = JSON.stringify(items.map((item) => item.id));
    if (ids !== this.ids) {
      this.ids = ids;
      this.views = items.map(this.create);
      this.place.replaceChildren(...this.views.map((view) => view.element));
    }
    items.forEach((item, index) => this.views[index].show(item));
  }
}

const facts = (entries) => entries.filter(Boolean).map(([name, value, className]) =>
  element('div', className, element('dt', '', name), element('dd', '', value)));

const times = (name, {p50, p99, max}) =>
  [name, `p50 ${millis(p50)} · p99 ${millis(p99)} · max ${millis(max)}`, 'double'];

/** What a mapping may filter by, in words. */
const CONDITIONS = {
  qos: 'QoS', retain: 'retain flag', 'client-id': 'client id', username: 'user name', 'payload-size': 'payload size',
  condition: 'JSON condition',
};

const clusterView = (first) => {
  const state = element('span', 'state');
  const text = element('p', 'text');
  const cause = element('p', 'cause');
  const numbers = element('dl', 'facts');
  const card = element('article', 'card cluster',
    element('header', '', element('h3', '', first.id), state, element('span', 'muted mono servers', first.servers)),
    text, cause, numbers);
  return {
    element: card,
    show(cluster) {
      if (card.dataset.level !== cluster.words.level || state.textContent !== cluster.words.word) {
        card.dataset.level = cluster.words.level;
        state.replaceChildren(icon(cluster.words.level), cluster.words.word);
      }
      setText(text, cluster.words.text);
      setText(cause, cluster.cause ?? '');
      cause.hidden = !cluster.cause;
      const waits = cluster.spoolRecords > 0;
      numbers.replaceChildren(...facts([
        ['In flight', `${number(cluster.inFlightRecords)} · ${bytes(cluster.inFlightBytes)}`],
        ['On disk', waits ? `${number(cluster.spoolRecords)} · ${bytes(cluster.spoolBytes)}` : '0'],
        waits && ['Oldest on disk', duration(cluster.oldestSeconds)],
        waits && cluster.drainRate > 0 && ['From disk to Kafka', `${rate(cluster.drainRate)}/s`],
        ['Room on disk', bytes(cluster.spoolFreeBytes)],
        cluster.kafkaLatency && times('Kafka answers within', cluster.kafkaLatency),
        cluster.acknowledgementTime && times('Clients are acknowledged within', cluster.acknowledgementTime),
        cluster.corruptSegments > 0 && ['Damaged segments', number(cluster.corruptSegments)],
      ]));
    },
  };
};

const conditions = (names) => names.map((name) => CONDITIONS[name] ?? name).join(', ');

const cell = (className, label, ...children) => {
  const made = element('div', className, ...children);
  made.setAttribute('role', 'cell');
  if (label) made.dataset.label = label;
  return made;
};

const code = (text) => element('code', '', text);

const way = (mapping) => {
  const list = mapping.filters.flatMap((filter, index) => (index ? [', ', code(filter)] : [code(filter)]));
  const parts = [...list, element('span', 'arrow', '→'), code(mapping.kafkaTopic),
    element('small', '', 'Key ', mapping.key == null ? 'none' : code(mapping.key))];
  if (mapping.excepts.length) parts.push(element('small', '', `Except ${mapping.excepts.join(', ')}`));
  if (mapping.conditions.length) parts.push(element('small', '', `Filtered by ${conditions(mapping.conditions)}`));
  if (mapping.example) {
    const {mqttTopic, kafkaTopic, key} = mapping.example;
    parts.push(element('small', '', 'For example ', code(mqttTopic), ' → ', code(kafkaTopic),
      ...(key == null ? [] : [', key ', code(key)])));
  }
  return parts;
};

const mappingView = (mapping) => {
  const notes = cell('notes');
  const cells = ['In per s', 'Out per s', 'Received', 'In Kafka'].map((label) => cell('number', label));
  const row = element('div', 'row',
    cell('name', '', mapping.id, element('small', '', `to ${mapping.cluster}`)), cell('way', '', ...way(mapping)), ...cells, notes);
  row.setAttribute('role', 'row');
  return {
    element: row,
    text: JSON.stringify(mapping).toLowerCase(),
    show({counts, in: incoming, out, heldBack}) {
      [rate(incoming), rate(out), number(counts.received), number(counts.forwarded)]
        .forEach((text, index) => setText(cells[index], text));
      const bad = ['rejected', 'failed', 'dropped'].filter((name) => counts[name] > 0)
        .map((name) => element('strong', '', `${number(counts[name])} ${name}`));
      const held = Object.values(heldBack).reduce((sum, each) => sum + each, 0);
      const others = [counts.spooled > 0 && `${number(counts.spooled)} went by disk`,
        counts.pending > 0 && `${number(counts.pending)} under way`,
        held > 0 && `${number(held)} held back by ${conditions(Object.keys(heldBack))}`].filter(Boolean);
      const all = [...bad, ...others].flatMap((each, index) => (index ? [' · ', each] : [each]));
      notes.replaceChildren(...all);
    },
  };
};

export const clusters = new Keyed(byId('clusters'), clusterView);

let views = [];

export const mappings = {
  about({mappings: all, moreMappings}) {
    views = all.map(mappingView);
    const head = element('div', 'row head', ...['Mapping', 'From MQTT to Kafka', 'In per s', 'Out per s', 'Received', 'In Kafka']
      .map((label, index) => {
        const made = element('div', index > 1 ? 'number' : '', label);
        made.setAttribute('role', 'columnheader');
        return made;
      }));
    head.setAttribute('role', 'row');
    byId('mappings').replaceChildren(head, ...views.map((view) => view.element));
    byId('find').hidden = all.length < 8;
    byId('more-mappings').hidden = !moreMappings;
    setText(byId('more-mappings'), `${number(moreMappings)} more; the metrics have them all.`);
    this.find();
  },
  find() {
    const wanted = byId('find').hidden ? '' : byId('find-text').value.trim().toLowerCase();
    views.forEach((view) => { view.element.hidden = !view.text.includes(wanted); });
  },
  show(all) {
    all.forEach((each, index) => views[index]?.show(each));
  },
};

let shownProblems = '';

export const problems = (all) => {
  byId('no-problems').hidden = all.length > 0;
  const json = JSON.stringify(all);
  if (json === shownProblems) return;
  shownProblems = json;
  byId('problems').tabIndex = all.length ? 0 : -1;
  byId('problems').replaceChildren(...all.map(({level, first, last, count, text}) => {
    const when = count === 1 ? moment(last) : `${number(count)} times since ${moment(first)}, last at ${moment(last)}`;
    const item = element('li', '', icon(level), element('span', 'text', text),
      element('small', '', `${level === 'bad' ? 'Error' : 'Warning'}, ${when}`));
    item.dataset.level = level;
    return item;
  }));
};

export const rejected = ({count, reasons, kept}) => {
  const some = count > 0 || kept.length > 0;
  setText(byId('rejected-text'), count > 0
    ? `${number(count)} since HiveMQ started: Kafka will never take them as they are.`
    : some ? 'None since HiveMQ started; there are earlier ones.' : 'None.');
  byId('rejected-text').className = some ? '' : 'muted';
  byId('rejected-how').hidden = !some;
  byId('rejected-reasons').replaceChildren(...Object.entries(reasons).map(([reason, times]) =>
    element('li', '', element('span', '', reason.replaceAll('-', ' ')), element('b', '', number(times)))));
  byId('rejected-kept').replaceChildren(...facts(kept.map((each) =>
    [`Kept for ${each.cluster}: ${bytes(each.bytes)}`, code(each.folder)])));
};
