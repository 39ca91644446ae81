// SPDX-License-Identifier: MIT
package picorn.emulator.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import picorn.emulator.bus.Device;
import picorn.emulator.bus.RegisterShape;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * A peripheral's registers, declared once in the order of the manual's chapter; a subclass adds what they do.
 *
 * <p>Values are saved here; a subclass with further state overrides {@link #saveRest} and {@link #loadRest}.
 */
public abstract class RegisterBlock implements Device, Saved {
    int[] values = new int[0];

    private final String name;
    private final NarrowWrites narrowWrites;
    private final List<Register> registers = new ArrayList<>();
    private Register[] byWord = new Register[0];
    private final BitSet reportedOffsets = new BitSet();
    private final BitSet reportedWidths = new BitSet();
    private int narrowestRead = 1;
    private int narrowestWrite = 1;
    private Findings findings = Findings.NONE;
    private Undeclared undeclared = Undeclared.UNKNOWN;

    /** A block called {@code name} in the manual. */
    protected RegisterBlock(String name, NarrowWrites narrowWrites) {
        this.name = name;
        this.narrowWrites = narrowWrites;
    }

    /** Declares a register that resets to 0. */
    protected final Register register(String registerName, int offset) {
        return register(registerName, offset, 0);
    }

    /**
     * Declares a register.
     *
     * @throws IllegalArgumentException if there is one at {@code offset}, or of that name, or the offset is not a multiple of 4
     */
    protected final Register register(String registerName, int offset, int reset) {
        if (offset % 4 != 0 || at(offset) != null || has(registerName)) {
            throw new IllegalArgumentException("%s.%s at 0x%x is not free".formatted(name, registerName, offset));
        }
        Register register = new Register(this, registerName, offset, reset, values.length);
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = reset;
        registers.add(register);
        if (byWord.length <= offset / 4) {
            byWord = Arrays.copyOf(byWord, offset / 4 + 1);
        }
        byWord[offset / 4] = register;
        return register;
    }

    private boolean has(String registerName) {
        for (Register register : registers) {
            if (register.name().equals(registerName)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Declares a second set of names for the bits of {@code of}, where the manual has two views of one offset, such as CCMR1 as
     * input and as output. What software may do, and what it causes, is {@code of}'s.
     */
    protected final Register view(String registerName, Register of) {
        if (has(registerName)) {
            throw new IllegalArgumentException("two registers %s.%s".formatted(name, registerName));
        }
        Register view = new Register(this, registerName, of);
        registers.add(view);
        return view;
    }

    @Override
    public final String name() {
        return name;
    }

    /**
     * Says what accesses the manual allows, where it does not allow octets: narrower ones do what they do, and are reported.
     *
     * @param reads octets that are read at once at least: 1, 2 or 4
     * @param writes octets that are written at once at least
     */
    protected final void narrowest(int reads, int writes) {
        narrowestRead = reads;
        narrowestWrite = writes;
    }

    /** All registers in order of declaration. */
    public final List<Register> registers() {
        return List.copyOf(registers);
    }

    /** Where firmware's mistakes are reported. */
    public final void reportTo(Findings sink) {
        findings = sink;
    }

    /** What is known of registers that this block does not declare. */
    public final void undeclaredAs(Undeclared knowledge) {
        undeclared = knowledge;
    }

    /** Where to report firmware's mistakes. */
    protected final Findings findings() {
        return findings;
    }

    /** Puts every register to its reset value, then calls {@link #resetRest}. */
    public final void reset() {
        registers.forEach(register -> register.set(register.resetValue()));
        resetRest();
    }

    /** Resets state beside the registers, cancels events, releases lines. */
    protected void resetRest() {}

    @Override
    public final int read(int offset, int width) {
        Register register = find(offset, width);
        if (register == null) {
            return acrossRegisters(offset, width) ? 0 : lane(undeclared.resetValue(offset & ~3), offset, width);
        }
        if (width < register.readsFrom(narrowestRead)) {
            reportWidth(offset, width, "read", register.readsFrom(narrowestRead));
        }
        return lane(register.read(), offset, width);
    }

    @Override
    public final int peek(int offset, int width) {
        Register register = at(offset);
        return lane(register == null ? undeclared.resetValue(offset & ~3) : register.peek(), offset, width);
    }

    @Override
    public final void write(int offset, int width, int value) {
        Register register = find(offset, width);
        if (register == null) {
            return;
        }
        if (width == 4) {
            register.write(value, -1, -1);
            return;
        }
        if (width < register.writesFrom(narrowestWrite)) {
            reportWidth(offset, width, "write", register.writesFrom(narrowestWrite));
        }
        int octets = (1 << 8 * width) - 1;
        int shift = 8 * (offset & 3);
        if (narrowWrites == NarrowWrites.DUPLICATED) {
            int lane = value & octets;
            register.write(lane * (width == 2 ? 0x0001_0001 : 0x0101_0101), -1, octets << shift);
        } else {
            register.write(value << shift, octets << shift, octets << shift);
        }
    }

    private void reportWidth(int offset, int width, String what, int narrowest) {
        if (!reportedWidths.get(offset)) {
            reportedWidths.set(offset);
            findings.report(
                    Finding.Kind.WRONG_WIDTH,
                    "%s (%s of %d bits, takes %d and more)".formatted(nameAt(offset), what, 8 * width, 8 * narrowest));
        }
    }

    private static int lane(int word, int offset, int width) {
        return width == 4 ? word : word >>> 8 * (offset & 3) & (1 << 8 * width) - 1;
    }

    @Override
    public final String nameAt(int offset) {
        Register register = at(offset);
        return register == null ? name + undeclared.suffix(offset & ~3) : register.toString();
    }

    @Override
    public final RegisterShape shapeAt(int offset) {
        Register register = at(offset);
        if (register == null) {
            return new RegisterShape(nameAt(offset), undeclared.fields(offset & ~3));
        }
        List<RegisterShape.Part> fields = register.fields().stream()
                .map(field -> new RegisterShape.Part(field.name(), field.mask()))
                .toList();
        return new RegisterShape(register.toString(), fields);
    }

    private Register at(int offset) {
        int word = offset >>> 2;
        return word < byWord.length ? byWord[word] : null;
    }

    private Register find(int offset, int width) {
        Register register = at(offset);
        boolean across = acrossRegisters(offset, width);
        if ((register == null || across) && !reportedOffsets.get(offset)) {
            reportedOffsets.set(offset);
            if (across) {
                findings.report(Finding.Kind.UNALIGNED_ACCESS, "%s+0x%x".formatted(name, offset));
            } else {
                findings.report(Finding.Kind.UNMODELLED_REGISTER, nameAt(offset));
            }
        }
        return across ? null : register;
    }

    private static boolean acrossRegisters(int offset, int width) {
        return (offset & 3) + width > 4;
    }

    @Override
    public final void save(StateWriter out) {
        out.int32s(values);
        saveRest(out);
    }

    @Override
    public final void load(StateReader in) {
        in.int32s(values);
        loadRest(in);
    }

    /** Saves state beside the registers. */
    protected void saveRest(StateWriter out) {}

    /** Loads what {@link #saveRest} saved. */
    protected void loadRest(StateReader in) {}

    @Override
    public String toString() {
        return name;
    }
}
