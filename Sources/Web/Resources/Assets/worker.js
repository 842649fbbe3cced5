'use strict';
// Keeps the field page for when there is no network, and sends what waits when the network comes back while no page is
// open. It holds nothing but that page and what the page is made of.
const kept = 'headwater-field';
const page = '/field';

importScripts(new URL(location).searchParams.get('queue'));

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const silence = (most) => new Promise((_, fail) => setTimeout(() => fail(new Error('no answer')), most));

const fresh = async (request) => {
  const cache = await caches.open(kept);
  try {
    const answer = await Promise.race([fetch(request), silence(6000)]);
    // Whoever is no longer signed in is led elsewhere: then nothing of the page stays here.
    if (answer.type === 'opaqueredirect' || answer.redirected) await cache.delete(page);
    else if (answer.ok) await cache.put(page, answer.clone());
    return answer;
  } catch (error) {
    const before = await cache.match(page);
    if (before) return before;
    throw error;
  }
};

const asset = async (request) => {
  const cache = await caches.open(kept);
  const before = await cache.match(request);
  if (before) return before;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.delete(request, { ignoreSearch: true }); // The version before.
    await cache.put(request, answer.clone());
  }
  return answer;
};

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate' && url.pathname === page) event.respondWith(fresh(request));
  else if (url.pathname.startsWith('/assets/headwater/')) event.respondWith(asset(request));
});

addEventListener('sync', (event) => {
  const channel = new BroadcastChannel('headwater-field');
  event.waitUntil(HeadwaterQueue.drain(async (answer) => channel.postMessage(answer ?? null)).then((outcome) => {
    if (outcome === 'later') throw new Error('later'); // The browser then tries again by itself.
  }));
});
