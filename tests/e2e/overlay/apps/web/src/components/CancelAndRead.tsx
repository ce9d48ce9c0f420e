'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/client/api';
import { signed } from '@/lib/client/wallet';
import { useAccount } from '@/providers/AppProviders';

/** Cancels all orders and has everything of the fights read again: four calls to the exchange. */
export function CancelAndRead() {
  const account = useAccount();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: async (owner: string) =>
      api.cancelAll(await signed('cancel_all_orders', owner, { all_symbols: true, exclude_reduce_only: false })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['fight'] }),
  });
  return (
    <button disabled={!account || cancel.isPending} onClick={() => account && cancel.mutate(account)}>
      Cancel and read
    </button>
  );
}
