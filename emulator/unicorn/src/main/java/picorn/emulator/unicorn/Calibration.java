// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import picorn.emulator.cpu.EngineUnavailable;

/**
 * Finds private fields of Unicorn by running known code and looking for the values that they must then have. A field that
 * is not found exactly once makes the engine unavailable: guessing would corrupt memory.
 */
final class Calibration implements AutoCloseable {
    private static final int BASE = 0x2000_0000;
    private static final int LOOP = BASE + 0x100;
    private static final int WAIT = BASE + 0x140;
    private static final int LOCK = BASE + 0x180;
    private static final int UNLOCK = BASE + 0x1c0;
    private static final int LAST_IN_BLOCK = BASE + 0x200;
    private static final int VARIABLE = BASE + 0xa5c;
    private static final int MARK = 0x5a17_c0de;
    private static final int HOOK_SIZE = 64;
    private static final long LOWEST_ADDRESS = 1 << 16;

    private final NativeUnicorn unicorn;
    private final NativeRam ram = new NativeRam(4096);
    private final Memory out = new Memory(64);
    private final long uc;
    private final ByteBuffer engine;

    private Calibration(NativeUnicorn unicorn) {
        this.unicorn = unicorn;
        uc = Emulation.open(unicorn);
        engine = new Pointer(uc).getByteBuffer(0, CounterLayout.ENGINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        check(Uc.uc_mem_map_ptr(uc, BASE, ram.size(), Uc.PROT_READ | Uc.PROT_WRITE | Uc.PROT_EXEC, ram.address()));
        code(LOOP, 0x3001, 0xe7fd); // adds r0, #1; b .-2
        code(WAIT, 0xbf30); // wfi
        code(LOCK, 0xe850, 0x1f00, 0xbf30); // ldrex r1, [r0]; wfi
        code(UNLOCK, 0xf3bf, 0x8f2f, 0xbf30); // clrex; wfi
        code(LAST_IN_BLOCK, 0x42a4, 0xbf08, 0xe77c, 0xbf30); // cmp r4, r4; it eq; beq LOOP; wfi
        ram.put32(VARIABLE - BASE, MARK);
    }

    /** Finds the exclusive monitor. */
    static ExclusiveLayout exclusive(NativeUnicorn unicorn) {
        try (Calibration calibration = new Calibration(unicorn)) {
            return calibration.exclusive();
        }
    }

    /** Finds the count. */
    static CounterLayout counter(NativeUnicorn unicorn) {
        try (Calibration calibration = new Calibration(unicorn)) {
            return calibration.counter();
        }
    }

    private CounterLayout counter() {
        long harmless = unicorn.function("uc_errno");
        Pointer hook = new Pointer(addIdleHook(harmless));
        int callback = unique("hook function", HOOK_SIZE, field -> hook.getLong(field) == harmless);
        start(WAIT, 0); // first, since turning the count on and off takes Unicorn tens of milliseconds
        ByteBuffer uncounted = copy(engine);
        ByteBuffer first = afterCount(37);
        ByteBuffer second = afterCount(91);
        int limit = counterField("count", 0, first, second);
        int counter = counterField("counter", 1, first, second);
        long countHook = second.getLong(countHook(uncounted, first, second));
        CounterLayout layout = new CounterLayout(counter, limit, new Pointer(countHook).getLong(callback));
        verify(layout);
        return layout;
    }

    /** A hook that is never called; it keeps the list of hooks from being empty, and shows how a hook is laid out. */
    private long addIdleHook(long function) {
        check(unicorn.addNativeHook(
                uc, Pointer.nativeValue(out), Uc.HOOK_CODE, function, 0, Emulation.NEVER, Emulation.NEVER));
        return out.getLong(0);
    }

    /** The field that is {@code more} than the count given, whatever that is. */
    private static int counterField(String what, int more, ByteBuffer first, ByteBuffer second) {
        return unique(
                what,
                CounterLayout.ENGINE_SIZE,
                field -> first.getLong(field) == 37 + more && second.getLong(field) == 91 + more);
    }

    /** Unicorn's own hook: the only field to become an address with the first count and to stay it. */
    private static int countHook(ByteBuffer uncounted, ByteBuffer first, ByteBuffer second) {
        return unique(
                "counting hook",
                CounterLayout.ENGINE_SIZE,
                field -> uncounted.getLong(field) == 0
                        && first.getLong(field) > LOWEST_ADDRESS
                        && first.getLong(field) == second.getLong(field));
    }

    private ExclusiveLayout exclusive() {
        out.setInt(0, VARIABLE);
        check(Uc.uc_reg_write(uc, RegisterFile.R0, Pointer.nativeValue(out)));
        try (SavedContext context = new SavedContext(uc)) {
            start(LOCK, 0);
            context.save();
            ByteBuffer locked = copy(context.octets());
            start(UNLOCK, 0);
            context.save();
            ByteBuffer unlocked = context.octets();
            int size = unlocked.capacity();
            int address = unique(
                    "exclusive address",
                    size,
                    field -> locked.getLong(field) == VARIABLE && unlocked.getLong(field) == -1);
            return new ExclusiveLayout(
                    address, unique("exclusive value", size, field -> locked.getLong(field) == MARK));
        }
    }

    /** With the counting function hooked twice, an odd count tells that the last instruction counted has not been executed. */
    private void verify(CounterLayout layout) {
        check(unicorn.addNativeHook(uc, Pointer.nativeValue(out), Uc.HOOK_CODE, layout.countFunction(), 0, 1, 0));
        expect(layout, LOOP, 2 * 3, 7);
        expect(layout, LAST_IN_BLOCK, 2 * 2, 6);
        expect(layout, LAST_IN_BLOCK, 2 * 3, 7);
    }

    private void expect(CounterLayout layout, int begin, int count, int calls) {
        start(begin, count);
        if (engine.getLong(layout.counter()) != calls) {
            throw new EngineUnavailable(
                    "engine 'unicorn': this build of Unicorn counts in another way; use unidbg-unicorn2 0.9.8");
        }
    }

    private ByteBuffer afterCount(int count) {
        start(LOOP, count);
        return copy(engine);
    }

    private void start(int begin, int count) {
        check(Uc.uc_emu_start(uc, begin | 1, Emulation.NEVER, 0, count));
    }

    private void code(int address, int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            ram.put16(address - BASE + 2 * i, halfwords[i]);
        }
    }

    private static ByteBuffer copy(ByteBuffer from) {
        ByteBuffer copy = ByteBuffer.allocate(from.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        return copy.put(0, from, 0, from.capacity());
    }

    private static int unique(String what, int size, IntPredicate fits) {
        int[] found = IntStream.iterate(0, at -> at + 8 <= size, at -> at + 8)
                .filter(fits)
                .toArray();
        if (found.length != 1) {
            throw new EngineUnavailable(
                    "engine 'unicorn': %s found %d times in this build of Unicorn; use unidbg-unicorn2 0.9.8"
                            .formatted(what, found.length));
        }
        return found[0];
    }

    private static void check(int error) {
        if (error != Uc.OK) {
            throw new EngineUnavailable("engine 'unicorn': " + Uc.uc_strerror(error) + " while it was tried out");
        }
    }

    @Override
    public void close() {
        Uc.uc_close(uc);
    }
}
