// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import picorn.emulator.cpu.Reg;

/** The core's registers, read and written in batches since every call into native code costs more than the work it does. */
final class RegisterFile {
    static final int LR = 10;
    static final int PC = 11;
    static final int SP = 12;
    static final int R0 = 66;
    static final int IPSR = 114;
    static final int MSP = 115;
    static final int PSP = 116;
    static final int CONTROL = 117;
    static final int XPSR = 120;
    static final int EPSR = 121;
    static final int PRIMASK = 123;
    static final int BASEPRI = 124;
    static final int FAULTMASK = 126;

    private static final int FPSCR = 6;
    private static final int S0 = 79;
    /** Writes all of xPSR; writing {@link #XPSR} leaves GE out. */
    private static final int XPSR_WITH_GE = 138;

    /** Writing the flags in this form, and only in this, makes Unicorn work out anew what translated code may assume of the mode. */
    private static final int APSR_NZCV = 2;

    private static final int NPRIV = 1;
    private static final int SPSEL = 2;
    private static final int FPCA = 4;
    private static final int EXCEPTION = 0x1ff;
    private static final int STACK_POINTER = ~3;

    private static final int CAPACITY = 96;
    private static final int VALUE = Long.BYTES;

    private final long uc;
    private final Memory ids = new Memory(CAPACITY * (long) Integer.BYTES);
    private final Memory addresses = new Memory(CAPACITY * (long) Long.BYTES);
    private final Memory values = new Memory(CAPACITY * (long) VALUE);
    private final java.nio.ByteBuffer idBuffer = buffer(ids);
    private final java.nio.ByteBuffer valueBuffer = buffer(values);
    private int used;

    RegisterFile(long uc) {
        this.uc = uc;
        for (int i = 0; i < CAPACITY; i++) {
            addresses.setLong(i * (long) Long.BYTES, Pointer.nativeValue(values) + i * (long) VALUE);
        }
    }

    private static java.nio.ByteBuffer buffer(Memory memory) {
        return memory.getByteBuffer(0, memory.size()).order(java.nio.ByteOrder.nativeOrder());
    }

    /** Unicorn's number of a register. */
    static int id(Reg register) {
        int ordinal = register.ordinal();
        if (ordinal <= Reg.R12.ordinal()) {
            return R0 + ordinal;
        }
        if (ordinal >= Reg.S0.ordinal()) {
            return S0 + ordinal - Reg.S0.ordinal();
        }
        return switch (register) {
            case SP -> SP;
            case LR -> LR;
            case PC -> PC;
            case XPSR -> XPSR;
            case MSP -> MSP;
            case PSP -> PSP;
            case PRIMASK -> PRIMASK;
            case BASEPRI -> BASEPRI;
            case FAULTMASK -> FAULTMASK;
            case CONTROL -> CONTROL;
            case FPSCR -> FPSCR;
            default -> throw new AssertionError(register);
        };
    }

    /** Reads one register by Unicorn's number. */
    int read(int id) {
        begin();
        add(id, 0);
        readBatch();
        return value(0);
    }

    /** Starts a batch. */
    void begin() {
        used = 0;
    }

    /** Adds a register to the batch, with the value that a write is to give it; returns its place. */
    int add(int id, int value) {
        idBuffer.putInt(used * Integer.BYTES, id);
        valueBuffer.putLong(used * VALUE, value & 0xffff_ffffL);
        return used++;
    }

    /** Reads the registers of the batch. */
    void readBatch() {
        Emulation.check(Uc.uc_reg_read_batch(uc, Pointer.nativeValue(ids), Pointer.nativeValue(addresses), used));
    }

    /** Writes them, in order. */
    void writeBatch() {
        Emulation.check(Uc.uc_reg_write_batch(uc, Pointer.nativeValue(ids), Pointer.nativeValue(addresses), used));
    }

    /** What the batch has at {@code place}. */
    int value(int place) {
        return valueBuffer.getInt(place * VALUE);
    }

    /** Whether the core executes privileged now; right inside callbacks too. */
    boolean privileged() {
        begin();
        int ipsr = add(IPSR, 0);
        int control = add(CONTROL, 0);
        readBatch();
        return (value(ipsr) & EXCEPTION) != 0 || (value(control) & NPRIV) == 0;
    }

    /** Reads registers other than the PC into the first places of {@code into}. */
    void get(Reg[] registers, int[] into) {
        if (anySpecial(registers) && !privileged()) {
            for (int i = 0; i < registers.length; i++) {
                into[i] = getUnprivileged(registers[i]);
            }
            return;
        }
        begin();
        for (Reg register : registers) {
            add(id(register), 0);
        }
        readBatch();
        for (int i = 0; i < registers.length; i++) {
            into[i] = value(i);
        }
    }

    /** Reads one register other than the PC. */
    int get(Reg register) {
        return special(register) && !privileged() ? getUnprivileged(register) : read(id(register));
    }

    /** Writes one register other than the PC. */
    void set(Reg register, int value) {
        if (register == Reg.CONTROL) {
            enterMode(read(XPSR), value, get(Reg.MSP), get(Reg.PSP));
            return;
        }
        boolean lift = special(register) && !privileged();
        begin();
        if (lift) {
            add(IPSR, 1);
        }
        if (register == Reg.XPSR) {
            add(XPSR_WITH_GE, value);
            add(APSR_NZCV, value);
        } else {
            add(id(register), masked(register, value));
        }
        if (lift) {
            add(IPSR, 0);
        }
        writeBatch();
    }

    /**
     * Unprivileged code reads MSP, PSP and the masks as zero and writes them in vain, and so does Unicorn's own interface:
     * handler mode for the time being makes it privileged.
     */
    private int getUnprivileged(Reg register) {
        if (!special(register)) {
            return read(id(register));
        }
        writeIpsr(1);
        int value = read(id(register));
        writeIpsr(0);
        return value;
    }

    private void writeIpsr(int value) {
        begin();
        add(IPSR, value);
        writeBatch();
    }

    private static boolean anySpecial(Reg[] registers) {
        for (Reg register : registers) {
            if (special(register)) {
                return true;
            }
        }
        return false;
    }

    private static boolean special(Reg register) {
        return switch (register) {
            case MSP, PSP, PRIMASK, BASEPRI, FAULTMASK -> true;
            default -> false;
        };
    }

    /** Writes ITSTATE, and T as it is in Thumb state. */
    void writeItState(int itState) {
        begin();
        add(EPSR, Thumb.withItState(Thumb.T, itState));
        writeBatch();
    }

    private static int masked(Reg register, int value) {
        return switch (register) {
            case SP, MSP, PSP -> value & STACK_POINTER;
            default -> value;
        };
    }

    /** As {@code CpuEngine.enterMode}. SPSEL changes in thread mode only, nPRIV while privileged only, hence the detours. */
    void enterMode(int xpsr, int control, int msp, int psp) {
        boolean handler = (xpsr & EXCEPTION) != 0;
        begin();
        add(IPSR, 1);
        add(CONTROL, 0);
        add(IPSR, 0);
        add(CONTROL, control & (handler ? FPCA : SPSEL | FPCA));
        add(MSP, msp & STACK_POINTER);
        add(PSP, psp & STACK_POINTER);
        add(CONTROL, control & (handler ? NPRIV | FPCA : NPRIV | SPSEL | FPCA));
        add(XPSR_WITH_GE, xpsr);
        add(APSR_NZCV, xpsr);
        writeBatch();
    }
}
