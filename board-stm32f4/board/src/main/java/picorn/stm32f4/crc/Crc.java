// SPDX-License-Identifier: MIT
package picorn.stm32f4.crc;

import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** CRC calculation unit (RM0090, chapter 4): CRC-32 of whole words, most significant bit first. */
public final class Crc extends RegisterBlock {
    private static final int POLYNOMIAL = 0x04C1_1DB7;
    private static final int INITIAL = -1;

    private final Register dr =
            register("DR", 0x00, INITIAL).shows(this::remainder).onWrite(this::feed);

    private final Field word = dr.bits(31, 0, "DR");

    private final Register idr = register("IDR", 0x04);
    private final Field independent = idr.bits(7, 0, "IDR");

    private final Register cr = register("CR", 0x08).onWrite(this::control);
    private final Field reset = cr.bit(0, "CR", WO);

    /** Of all words since reset. */
    private int remainder = INITIAL;

    /** A unit in reset. */
    public Crc() {
        super("CRC", NarrowWrites.MERGED);
        narrowest(4, 4); // 4.4
    }

    private int remainder() {
        return remainder;
    }

    private void feed(int word) {
        remainder ^= word;
        for (int bit = 0; bit < 32; bit++) {
            remainder = remainder << 1 ^ (remainder < 0 ? POLYNOMIAL : 0);
        }
    }

    private void control(int written) {
        if (reset.isSetIn(written)) {
            resetRest();
        }
    }

    @Override
    protected void resetRest() {
        remainder = INITIAL;
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int32(remainder);
    }

    @Override
    protected void loadRest(StateReader in) {
        remainder = in.int32();
    }
}
