// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Counts with Unicorn's own counting function, which the count of a start hooks once, hooked once more. Where the first call ends
 * the run, the second is left out, except inside an IT block; so an odd number of calls tells that the run ended before the
 * last instruction begun. Works wherever Unicorn does.
 */
final class HookedTwice implements InstructionCounter {
    private static final int CALLS = 2;

    private final CounterLayout layout;
    private final ByteBuffer fields;

    HookedTwice(NativeUnicorn unicorn, long uc) {
        layout = unicorn.counterLayout();
        fields = new Pointer(uc).getByteBuffer(0, CounterLayout.ENGINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (Memory handle = new Memory(Long.BYTES)) {
            Emulation.check(unicorn.addNativeHook(
                    uc, Pointer.nativeValue(handle), Uc.HOOK_CODE, layout.countFunction(), 0, 1, 0));
        }
    }

    @Override
    public long begin(int pc, int itState, long count) {
        return CALLS * count;
    }

    @Override
    public long begun() {
        return (calls() + 1) / CALLS;
    }

    @Override
    public boolean exhausted() {
        return calls() > fields.getLong(layout.limit());
    }

    @Override
    public void limit(long count) {
        fields.putLong(layout.limit(), Math.min(fields.getLong(layout.limit()), CALLS * Math.max(count, begun())));
    }

    @Override
    public boolean endedBeforeLast(int pc, BlockFinder blocks) {
        return calls() % CALLS != 0;
    }

    @Override
    public int itState(int pc, BlockFinder blocks) {
        return blocks.likelyItState(pc);
    }

    private long calls() {
        return fields.getLong(layout.counter());
    }
}
