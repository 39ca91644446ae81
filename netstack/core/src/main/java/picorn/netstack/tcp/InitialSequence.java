// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/** Initial sequence numbers (RFC 6528): a clock of 4 µs, and a keyed hash of addresses and ports. */
final class InitialSequence {
    private static final int TICK = 4_000;

    private final StackContext context;
    private final KeyedHash hash;

    InitialSequence(StackContext context) {
        this.context = context;
        hash = new KeyedHash(context.random());
    }

    int of(Flow flow) {
        return (int) (context.now() / TICK) + hash.of(flow);
    }
}
