// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.RO;

import java.util.Arrays;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Protection;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The Memory Protection Unit of PMSAv7 with 8 regions (ARMv7-M ARM, B3.5). */
final class Mpu extends RegisterBlock {
    private static final int REGIONS = 8;
    private static final int RASR_ENABLE = 1;

    private final Runnable changed;

    private final Register type = register("MPU_TYPE", 0xD90, REGIONS << 8);
    private final Register ctrl = register("MPU_CTRL", 0xD94);
    private final Field enable = ctrl.bit(0, "ENABLE");
    private final Field hfnmiena = ctrl.bit(1, "HFNMIENA");
    private final Field privdefena = ctrl.bit(2, "PRIVDEFENA");
    private final Register rnr = register("MPU_RNR", 0xD98);
    private final Field region = rnr.bits(7, 0, "REGION");

    private final Register[] rbars = new Register[4];
    private final Register[] rasrs = new Register[4];
    private final int[] base = new int[REGIONS];
    private final int[] attributes = new int[REGIONS];
    /** The registers as they are now; a new object at each change, so that who keeps one can compare. */
    private Protection regions = Protection.NONE;
    /** The verdicts at priorities from 0 on, and below: what exception entry and return ask for, kept at hand. */
    private Protection usual = Protection.NONE;

    private Protection urgent = Protection.NONE;

    /** Reset: off. */
    Mpu(Runnable changed) {
        super("MPU", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.changed = changed;
        type.bits(31, 0, "TYPE", RO);
        ctrl.onChange((before, after) -> update());
        rnr.onWrite(this::show);
        String[] aliases = {"", "_A1", "_A2", "_A3"};
        for (int i = 0; i < aliases.length; i++) {
            rbars[i] = register("MPU_RBAR" + aliases[i], 0xD9C + 8 * i).onWrite(this::writeBase);
            rasrs[i] = register("MPU_RASR" + aliases[i], 0xDA0 + 8 * i).onWrite(this::writeAttributes);
        }
    }

    /** The registers hold the region that MPU_RNR selects, so that a write of a part of one keeps the rest of it. */
    private void show() {
        for (int i = 0; i < rbars.length; i++) {
            rbars[i].set(base[current()] | current());
            rasrs[i].set(attributes[current()]);
        }
    }

    private int current() {
        return region.get() % REGIONS;
    }

    private void writeBase(int value) {
        boolean valid = (value & 1 << 4) != 0;
        if (valid) {
            region.set(value & 0xF);
        }
        base[current()] = value & ~0x1F;
        show();
        update();
    }

    private void writeAttributes(int value) {
        attributes[current()] = value & 0x173F_FF3F;
        show();
        update();
    }

    /** Whether {@link #protectionAt} is not the same for all priorities. */
    boolean dependsOnPriority() {
        return usual != urgent;
    }

    /** The verdicts on code of {@code priority}: below 0 they are the default map's unless HFNMIENA is set. */
    Protection protectionAt(int priority) {
        return priority >= 0 ? usual : urgent;
    }

    private void update() {
        regions = new Regions(base.clone(), attributes.clone(), privdefena.isSet());
        choose();
        changed.run();
    }

    private void choose() {
        usual = enable.isSet() ? regions : Protection.NONE;
        urgent = hfnmiena.isSet() ? usual : Protection.NONE;
    }

    private record Regions(int[] base, int[] attributes, boolean privilegedDefault) implements Protection {
        @Override
        public boolean allows(int address, Access access, boolean privileged) {
            if (address >>> 20 == 0xE00) {
                return access != Access.FETCH; // the private peripheral bus is not the MPU's (B3.5.1)
            }
            for (int i = REGIONS - 1; i >= 0; i--) {
                if (matches(i, address)) {
                    return permits(attributes[i], access, privileged);
                }
            }
            return privilegedDefault && privileged && (access != Access.FETCH || DefaultMemoryMap.executable(address));
        }

        private boolean matches(int i, int address) {
            int sizeBits = (attributes[i] >>> 1 & 0x1F) + 1;
            if ((attributes[i] & RASR_ENABLE) == 0 || sizeBits < 5) {
                return false;
            }
            int inRegion = sizeBits == 32 ? -1 : (1 << sizeBits) - 1;
            boolean inside = (address & ~inRegion) == (base[i] & ~inRegion);
            int subregion = sizeBits < 8 ? 0 : (address & inRegion) >>> sizeBits - 3;
            return inside && (sizeBits < 8 || (attributes[i] >>> 8 + subregion & 1) == 0);
        }

        /** The access permissions of table B3-15. */
        private static boolean permits(int rasr, Access access, boolean privileged) {
            boolean executeNever = (rasr & 1 << 28) != 0;
            boolean write = access == Access.WRITE;
            boolean data =
                    switch (rasr >>> 24 & 7) {
                        case 1 -> privileged;
                        case 2 -> privileged || !write;
                        case 3 -> true;
                        case 5 -> privileged && !write;
                        case 6, 7 -> !write;
                        default -> false;
                    };
            return data && !(executeNever && access == Access.FETCH);
        }
    }

    @Override
    protected void resetRest() {
        Arrays.fill(base, 0);
        Arrays.fill(attributes, 0);
        choose();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int32s(base);
        out.int32s(attributes);
    }

    @Override
    protected void loadRest(StateReader in) {
        in.int32s(base);
        in.int32s(attributes);
        update();
    }
}
