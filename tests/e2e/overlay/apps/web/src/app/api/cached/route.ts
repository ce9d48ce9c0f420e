import { NextResponse } from 'next/server';
import { PACIFICA_API_URL } from '@/lib/server/env';

export const dynamic = 'force-dynamic';

/** The prices, kept for a second whoever asks. */
export async function GET() {
  const response = await fetch(`${PACIFICA_API_URL}/api/v1/info/prices`, { next: { revalidate: 1 } });
  return NextResponse.json(await response.json());
}
