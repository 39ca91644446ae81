// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.FIRST_INTERRUPT;
import static picorn.emulator.register.FieldAccess.WO;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The registers of the Nested Vectored Interrupt Controller (ARMv7-M ARM, B3.4), over {@link Exceptions}. */
final class Nvic extends RegisterBlock {
    private final Exceptions exceptions;

    Nvic(Exceptions exceptions) {
        super("NVIC", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.exceptions = exceptions;
        int interrupts = exceptions.count() - FIRST_INTERRUPT;
        register("ICTR", 0x004).shows(() -> (interrupts - 1) / 32);
        for (int word = 0; word < (interrupts + 31) / 32; word++) {
            declareBits(word);
        }
        for (int word = 0; word < (interrupts + 3) / 4; word++) {
            int first = FIRST_INTERRUPT + 4 * word;
            register("IPR" + word, 0x400 + 4 * word)
                    .shows(() -> priorities(exceptions, first))
                    .onWrite(value -> setPriorities(exceptions, first, value))
                    .narrowest(1); // B3.4.9
        }
        register("STIR", 0xF00).shows(() -> 0).onWrite(this::trigger);
    }

    private void declareBits(int word) {
        bits("ISER", 0x100, word, exceptions::isEnabled, exceptions::enable);
        bits("ICER", 0x180, word, exceptions::isEnabled, exceptions::disable);
        bits("ISPR", 0x200, word, exceptions::isPending, exceptions::pend);
        bits("ICPR", 0x280, word, exceptions::isPending, exceptions::unpend);
        bits("IABR", 0x300, word, exceptions::isActive, n -> {});
    }

    private void bits(String name, int offset, int word, IntPredicate shown, IntConsumer forEachSet) {
        int first = FIRST_INTERRUPT + 32 * word;
        int many = Math.min(32, exceptions.count() - first);
        Register register = register(name + word, offset + 4 * word)
                .shows(() -> gather(first, many, shown))
                .onWrite(value -> scatter(first, many, value, forEachSet));
        register.bits(31, 0, "IRQ", WO); // a write of an octet must not repeat what was written to the others
    }

    private static void scatter(int first, int many, int value, IntConsumer forEachSet) {
        for (int left = value & -1 >>> 32 - many; left != 0; left &= left - 1) {
            forEachSet.accept(first + Integer.numberOfTrailingZeros(left));
        }
    }

    private static int gather(int first, int many, IntPredicate shown) {
        int word = 0;
        for (int i = 0; i < many; i++) {
            word |= shown.test(first + i) ? 1 << i : 0;
        }
        return word;
    }

    /** The priorities of four exceptions from {@code first} on, one an octet. */
    static int priorities(Exceptions exceptions, int first) {
        int word = 0;
        for (int i = 0; i < 4 && first + i < exceptions.count(); i++) {
            word |= (exceptions.priority(first + i) & 0xFF) << 8 * i;
        }
        return word;
    }

    /** Sets the priorities of four exceptions from {@code first} on; the fixed ones stay. */
    static void setPriorities(Exceptions exceptions, int first, int value) {
        for (int i = 0; i < 4 && first + i < exceptions.count(); i++) {
            exceptions.setPriority(first + i, value >>> 8 * i & 0xFF);
        }
    }

    private void trigger(int value) {
        int n = FIRST_INTERRUPT + (value & 0x1FF);
        if (n < exceptions.count()) {
            exceptions.pend(n);
        }
    }
}
