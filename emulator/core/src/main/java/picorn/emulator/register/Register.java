// SPDX-License-Identifier: MIT
package picorn.emulator.register;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import picorn.emulator.report.Finding;

/** A 32-bit register of a {@link RegisterBlock}: its fields say what software may do, its handlers what that causes. */
public final class Register {
    /** Sees a stored value change by software's write. */
    @FunctionalInterface
    public interface Change {
        /** From {@code before} to {@code after}; called only if they differ. */
        void changed(int before, int after);
    }

    private static final Change NO_CHANGE = (before, after) -> {};
    private static final IntConsumer NO_WRITE = written -> {};
    private static final Runnable NO_READ = () -> {};

    private final RegisterBlock block;
    private final String name;
    private final int offset;
    private final int reset;
    private final int index;
    private final List<Field> fields = new ArrayList<>();
    private IntSupplier shows;
    private Runnable onRead = NO_READ;
    private IntConsumer onWrite = NO_WRITE;
    private Change onChange = NO_CHANGE;

    /** A register without fields is one read-write field of 32 bits. */
    private int declared = -1;

    private int stored = -1;
    private int writeOneClears;
    private int writeZeroClears;
    private int writeOneSets;
    private int unimplemented;
    private int writeOnly;
    private int reportedBits;
    private boolean reportedReadOnly;
    /** Octets; 0 is what the block says. */
    private int narrowestRead;

    private int narrowestWrite;
    private BooleanSupplier open = () -> true;
    private String closedBecause = "";

    Register(RegisterBlock block, String name, int offset, int reset, int index) {
        this.block = block;
        this.name = name;
        this.offset = offset;
        this.reset = reset;
        this.index = index;
        this.shows = () -> block.values[index];
    }

    /** Other names for the bits of {@code of}. */
    Register(RegisterBlock block, String name, Register of) {
        this(block, name, of.offset, of.reset, of.index);
        shows = of::peek;
    }

    /** Its name in the reference manual. */
    public String name() {
        return name;
    }

    /** Octets from the block's base. */
    public int offset() {
        return offset;
    }

    /** Its value after reset. */
    public int resetValue() {
        return reset;
    }

    /** Its fields in order of declaration. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** Declares bit {@code n}. */
    public Field bit(int n, String fieldName, FieldAccess access) {
        return bits(n, n, fieldName, access);
    }

    /** Declares bit {@code n}, read and write. */
    public Field bit(int n, String fieldName) {
        return bit(n, fieldName, FieldAccess.RW);
    }

    /** Declares bits {@code msb:lsb}, read and write. */
    public Field bits(int msb, int lsb, String fieldName) {
        return bits(msb, lsb, fieldName, FieldAccess.RW);
    }

    /**
     * Declares bits {@code msb:lsb}.
     *
     * @throws IllegalArgumentException if one of them is taken, or the field's name is
     */
    public Field bits(int msb, int lsb, String fieldName, FieldAccess access) {
        Field field = new Field(this, fieldName, lsb, msb - lsb + 1, access);
        if (lsb < 0 || msb > 31 || lsb > msb || !fields.isEmpty() && (declared & field.mask()) != 0) {
            throw new IllegalArgumentException("%s.%s[%d:%d] is not free".formatted(this, fieldName, msb, lsb));
        }
        for (Field other : fields) {
            if (other.name().equals(fieldName)) {
                throw new IllegalArgumentException("two fields " + field);
            }
        }
        declare(field);
        return field;
    }

    /** Declares a field in each bit of {@code msb:lsb}; {@code %d} in the name is the number counted from 0. */
    public Field[] eachBit(int msb, int lsb, String fieldName, FieldAccess access) {
        Field[] each = new Field[msb - lsb + 1];
        // not formatted(): a chip has more than a thousand of these, and each start would wait for them
        for (int i = 0; i < each.length; i++) {
            each[i] = bit(lsb + i, fieldName.replace("%d", Integer.toString(i)), access);
        }
        return each;
    }

    private void declare(Field field) {
        int mask = field.mask();
        if (fields.isEmpty()) {
            declared = 0;
            stored = 0;
        }
        fields.add(field);
        declared |= mask;
        switch (field.access()) {
            case RW -> stored |= mask;
            case RO -> {}
            case WO -> writeOnly |= mask;
            case W1C -> writeOneClears |= mask;
            case W0C -> writeZeroClears |= mask;
            case W1S -> writeOneSets |= mask;
            case UNIMPLEMENTED -> {
                stored |= mask;
                unimplemented |= mask;
            }
        }
    }

    /** What software and debuggers see instead of the stored value: a pure function of saved state and the current time. */
    public Register shows(IntSupplier value) {
        shows = value;
        return this;
    }

    /** What software's read causes, after the value was taken. */
    public Register onRead(Runnable effect) {
        onRead = effect;
        return this;
    }

    /** What software's write causes, after the new value was stored; gets the value as written. */
    public Register onWrite(IntConsumer effect) {
        onWrite = effect;
        return this;
    }

    /** As {@link #onWrite(IntConsumer)}, for effects that need not know the value written. */
    public Register onWrite(Runnable effect) {
        return onWrite(written -> effect.run());
    }

    /** What a change of the stored value by software's write causes. */
    public Register onChange(Change effect) {
        onChange = effect;
        return this;
    }

    /**
     * Loses software's writes while {@code condition} does not hold, as a lock does, and reports them.
     *
     * @param otherwise why, as the end of a sentence, such as "while LOCK is set"
     */
    public Register writableIf(BooleanSupplier condition, String otherwise) {
        open = condition;
        closedBecause = otherwise;
        return this;
    }

    /** Takes accesses of so many octets and more, whatever holds for its block. */
    public Register narrowest(int octets) {
        narrowestRead = octets;
        narrowestWrite = octets;
        return this;
    }

    /** Takes writes of so many octets and more, whatever holds for its block. */
    public Register narrowestWrite(int octets) {
        narrowestWrite = octets;
        return this;
    }

    int readsFrom(int ofBlock) {
        return narrowestRead == 0 ? ofBlock : narrowestRead;
    }

    int writesFrom(int ofBlock) {
        return narrowestWrite == 0 ? ofBlock : narrowestWrite;
    }

    /** The stored value. */
    public int get() {
        return block.values[index];
    }

    /** Stores a value as hardware does, without effects. */
    public void set(int value) {
        block.values[index] = value;
    }

    /** What software would read, without the effects. */
    public int peek() {
        return shows.getAsInt();
    }

    int read() {
        int value = shows.getAsInt();
        if (onRead != NO_READ) {
            onRead.run();
        }
        return value;
    }

    /**
     * Software writes the bits of {@code value} that are in {@code lanes}.
     *
     * @param meant the bits that software wrote itself; a bridge may have written others
     */
    void write(int value, int lanes, int meant) {
        if (!open.getAsBoolean()) {
            block.findings().report(Finding.Kind.PERIPHERAL_MISUSE, "%s (written %s)".formatted(this, closedBecause));
            return;
        }
        reportOddBits(value & meant);
        int before = get();
        int direct = stored & lanes;
        int after = before & ~direct | value & direct;
        after &= ~(value & writeOneClears & lanes);
        after &= value | ~(writeZeroClears & lanes);
        after |= value & writeOneSets & lanes;
        set(after);
        onWrite.accept(value & lanes | (before & stored | writeZeroClears) & ~lanes);
        if (after != before) {
            onChange.changed(before, after);
        }
    }

    private void reportOddBits(int written) {
        if ((stored | writeOnly | writeOneClears | writeZeroClears | writeOneSets) == 0) {
            reportReadOnly();
            return;
        }
        // All ones but the flag to clear is how firmware writes rc_w0 flags: no mistake.
        int reserved = writeZeroClears != 0 ? 0 : ~declared & ~reset;
        int odd = written & (reserved | unimplemented) & ~reportedBits;
        if (odd == 0) {
            return;
        }
        reportedBits |= odd;
        for (Field field : fields) {
            if (field.access() == FieldAccess.UNIMPLEMENTED && field.isSetIn(odd)) {
                block.findings().report(Finding.Kind.UNIMPLEMENTED_FIELD, field.toString());
            }
        }
        if ((odd & ~declared) != 0) {
            block.findings().report(Finding.Kind.RESERVED_BITS, "%s bits 0x%x".formatted(this, odd & ~declared));
        }
    }

    private void reportReadOnly() {
        if (!reportedReadOnly) {
            reportedReadOnly = true;
            block.findings().report(Finding.Kind.READ_ONLY_REGISTER, toString());
        }
    }

    @Override
    public String toString() {
        return block.name() + "." + name;
    }
}
