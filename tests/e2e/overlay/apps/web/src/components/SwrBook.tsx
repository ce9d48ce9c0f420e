'use client';

import useSWR from 'swr';
import { api } from '@/lib/client/api';

/** One side of the order book; both sides read it under one key. */
export function SwrBook({ side }: { side: 0 | 1 }) {
  const { data: book } = useSWR('book', () => api.orderbook('BTC', 1), {
    refreshInterval: 15_000,
    dedupingInterval: 5_000,
    revalidateOnFocus: false,
  });
  return <p>{book?.l[side][0]?.p}</p>;
}
