// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/**
 * By how many cycles a chip's memories hold up an engine that counts cycles. Asked once for each access, in order; the answer may depend on
 * what was asked before.
 */
public interface WaitStates {
    /** Memories that never make the core wait. */
    WaitStates NONE = new WaitStates() {
        @Override
        public int fetch(int address, long cycle) {
            return 0;
        }

        @Override
        public int read(int address, long cycle) {
            return 0;
        }

        @Override
        public int write(int address, long cycle) {
            return 0;
        }
    };

    /**
     * The core wants the instruction at {@code address} at {@code cycle}; asked again for the second halfword where that is in other 16
     * octets.
     */
    int fetch(int address, long cycle);

    /** It loads from {@code address}; not asked for what is on the {@link CpuBus}. */
    int read(int address, long cycle);

    /** It stores to {@code address}: how long until the memory has taken it, while the core goes on. */
    int write(int address, long cycle);
}
