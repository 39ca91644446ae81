// SPDX-License-Identifier: MIT
package picorn.emulator.register;

/** A field of a {@link Register}, addressed by its place; its value lives with the register's. */
public final class Field {
    private final Register register;
    private final String name;
    private final int lsb;
    private final int width;
    private final FieldAccess access;
    private final int mask;

    Field(Register register, String name, int lsb, int width, FieldAccess access) {
        this.register = register;
        this.name = name;
        this.lsb = lsb;
        this.width = width;
        this.access = access;
        mask = (width == 32 ? -1 : (1 << width) - 1) << lsb;
    }

    /** Its name in the reference manual. */
    public String name() {
        return name;
    }

    /** Number of its lowest bit. */
    public int lsb() {
        return lsb;
    }

    /** Bits. */
    public int width() {
        return width;
    }

    /** What software may do to it. */
    public FieldAccess access() {
        return access;
    }

    /** Its bits within the register. */
    public int mask() {
        return mask;
    }

    /** Its value as stored, right-aligned. */
    public int get() {
        return in(register.get());
    }

    /** Its part of {@code registerValue}, right-aligned. */
    public int in(int registerValue) {
        return (registerValue & mask) >>> lsb;
    }

    /** Whether it is not 0. */
    public boolean isSet() {
        return (register.get() & mask) != 0;
    }

    /** Whether it is not 0 in {@code registerValue}. */
    public boolean isSetIn(int registerValue) {
        return (registerValue & mask) != 0;
    }

    /** Stores {@code value} as hardware does: whatever the access, without effects. */
    public void set(int value) {
        register.set(register.get() & ~mask | value << lsb & mask);
    }

    /** Sets every bit of it. */
    public void set() {
        register.set(register.get() | mask);
    }

    /** Clears every bit of it. */
    public void clear() {
        register.set(register.get() & ~mask);
    }

    /** Sets or clears every bit of it. */
    public void is(boolean set) {
        if (set) {
            set();
        } else {
            clear();
        }
    }

    @Override
    public String toString() {
        return register + "." + name;
    }
}
