// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Value.Local;

/** Writes code that moves the core's state between {@link Core} and the {@link Variables} of translated code, and that asks its flags. */
final class CoreState {
    private static final String CORE = Type.getInternalName(Core.class);
    private static final String SLICE = Type.getInternalName(Slice.class);
    private static final String WINDOWS = Type.getInternalName(Windows.class);
    private static final String WINDOW = Type.getInternalName(Window.class);

    private static final int ALL = (1 << Variables.REGISTERS) - 1;

    private final Emitter emitter;
    private final MethodVisitor out;
    /** Bits of the registers that occur, and of those that are changed. */
    private int used;

    private int changed;

    CoreState(Emitter emitter) {
        this.emitter = emitter;
        out = emitter.out();
    }

    /** Loads everything. */
    void enter() {
        get(Variables.CORE, "slice", Type.getDescriptor(Slice.class), Variables.SLICE);
        out.visitVarInsn(ALOAD, Variables.SLICE.number());
        out.visitFieldInsn(GETFIELD, SLICE, "left", "I");
        emitter.store(Variables.LEFT);
        get(Variables.CORE, "s", "[I", Variables.SINGLES);
        enter("first", Variables.FIRST);
        enter("second", Variables.SECOND);
        emitter.load(0);
        emitter.store(Variables.PC);
        load();
    }

    private void enter(String name, Variables.Shown shown) {
        Local window = shown.code();
        get(Variables.CORE, "windows", Type.getDescriptor(Windows.class), window);
        field(window, WINDOWS, name, Type.getDescriptor(Window.class), window);
        field(window, WINDOW, "octets", "[B", shown.octets());
        field(window, WINDOW, "base", "I", shown.base());
        emitter.load(window);
        out.visitMethodInsn(INVOKEVIRTUAL, WINDOW, "code", "()[B", false);
        emitter.store(shown.code());
    }

    /** A register that occurs. */
    Local used(int n) {
        used |= 1 << n;
        return Variables.register(n);
    }

    /** A register that is changed. */
    Local changed(int n) {
        changed |= 1 << n;
        return used(n);
    }

    /** Loads all registers, and flags. */
    void loadAll() {
        used = ALL;
        changed = ALL;
        load();
    }

    /** Stores all registers, and flags. */
    void storeAll() {
        used = ALL;
        changed = ALL;
        store();
    }

    private void load() {
        load(used);
        loadFlags();
    }

    /** Loads the registers of a list. */
    void load(int list) {
        used |= list;
        for (int left = list; left != 0; left &= left - 1) {
            int n = Integer.numberOfTrailingZeros(left);
            registers();
            emitter.load(n);
            out.visitInsn(IALOAD);
            emitter.store(Variables.register(n));
        }
    }

    private void loadFlags() {
        get(Variables.CORE, "n", "I", Variables.N);
        get(Variables.CORE, "z", "I", Variables.Z);
        get(Variables.CORE, "c", "I", Variables.C_A);
        one(Variables.C_B);
        emitter.load(Variables.CORE);
        out.visitFieldInsn(GETFIELD, CORE, "v", "I");
        emitter.load(1 << 31);
        out.visitInsn(IAND);
        emitter.store(Variables.V_A);
        one(Variables.V_B);
    }

    private void one(Local variable) {
        emitter.load(1);
        emitter.store(variable);
    }

    private void registers() {
        emitter.load(Variables.CORE);
        out.visitFieldInsn(GETFIELD, CORE, "r", "[I");
    }

    private void store() {
        store(changed);
        storeFlags();
    }

    /** Stores the registers of a list, which are known to occur and to change. */
    void store(int list) {
        used |= list;
        changed |= list;
        for (int left = list; left != 0; left &= left - 1) {
            int n = Integer.numberOfTrailingZeros(left);
            registers();
            emitter.load(n);
            emitter.load(Variables.register(n));
            out.visitInsn(IASTORE);
        }
    }

    private void storeFlags() {
        put("n", Variables.N);
        put("z", Variables.Z);
        emitter.load(Variables.CORE);
        carry();
        out.visitFieldInsn(PUTFIELD, CORE, "c", "I");
        emitter.load(Variables.CORE);
        overflow();
        out.visitFieldInsn(PUTFIELD, CORE, "v", "I");
    }

    private void carry() {
        emitter.load(Variables.C_A);
        emitter.load(Variables.C_B);
        emitter.call(Flags.class, "carry", "(II)I");
    }

    private void overflow() {
        emitter.load(Variables.V_A);
        emitter.load(Variables.V_B);
        emitter.call(Flags.class, "overflow", "(II)I");
    }

    /** Ends the method, where {@link Variables#PC} is the address to go on at. */
    void leave() {
        store();
        put("pc", Variables.PC);
        emitter.load(Variables.SLICE);
        emitter.load(Variables.LEFT);
        out.visitFieldInsn(PUTFIELD, SLICE, "left", "I");
        emitter.load(Variables.CORE);
        emitter.load(Variables.SLICE);
        out.visitFieldInsn(GETFIELD, SLICE, "end", "J");
        emitter.load(Variables.LEFT);
        out.visitInsn(I2L);
        out.visitInsn(LSUB);
        out.visitFieldInsn(PUTFIELD, CORE, "cycles", "J");
        out.visitInsn(RETURN);
    }

    /** Ends the method if an instruction that was called was not completed: everything is where the interpreter wants it. */
    void returnIfAborted() {
        Label completed = new Label();
        jumpIfAborted(IFEQ, completed);
        out.visitInsn(RETURN);
        emitter.place(completed);
    }

    /** Jumps by whether an instruction was not completed. */
    void jumpIfAborted(int opcode, Label label) {
        emitter.load(Variables.SLICE);
        out.visitFieldInsn(GETFIELD, SLICE, "aborted", "Z");
        emitter.jump(opcode, label);
    }

    private void get(Local object, String name, String type, Local variable) {
        field(object, CORE, name, type, variable);
    }

    private void field(Local object, String owner, String name, String type, Local variable) {
        emitter.load(object);
        out.visitFieldInsn(GETFIELD, owner, name, type);
        emitter.store(variable);
    }

    private void put(String name, Local variable) {
        emitter.load(Variables.CORE);
        emitter.load(variable);
        out.visitFieldInsn(PUTFIELD, CORE, name, "I");
    }

    /** Stores ITSTATE if the core does not have it so. */
    void storeItUnlessZero(int it) {
        if (it != 0) {
            storeIt(it);
        }
    }

    /** Undoes {@link #storeItUnlessZero}. */
    void clearItUnlessZero(int it) {
        if (it != 0) {
            storeIt(0);
        }
    }

    private void storeIt(int it) {
        emitter.load(Variables.CORE);
        emitter.load(it);
        out.visitFieldInsn(PUTFIELD, CORE, "it", "I");
    }

    /** A new variable with {@link Core#next}. */
    Local coreNext() {
        Local next = emitter.temporary('I');
        get(Variables.CORE, "next", "I", next);
        return next;
    }

    /** Pushes the cycles left before an instruction that has {@code taken} of its block's from itself on. */
    void loadLeft(int taken) {
        emitter.load(Variables.LEFT);
        emitter.load(taken);
        out.visitInsn(IADD);
    }

    /** Jumps if the unit is to be left. */
    void jumpIfEvent(Label label) {
        emitter.load(Variables.SLICE);
        out.visitFieldInsn(GETFIELD, SLICE, "event", "Z");
        emitter.jump(IFNE, label);
    }

    /** Takes PC and count of an instruction that was not completed. */
    void takePlace() {
        get(Variables.CORE, "pc", "I", Variables.PC);
        field(Variables.SLICE, SLICE, "left", "I", Variables.LEFT);
    }

    /** Jumps if a condition holds; {@code compared}: N, Z, C and V are those of one subtraction. */
    void jumpIf(int condition, boolean compared, Label label) {
        boolean inverted = (condition & 1) != 0;
        switch (condition >> 1) {
            case 0 -> jump(Variables.Z, inverted ? IFNE : IFEQ, label);
            case 1 -> jumpUnsigned(inverted ? IFLT : IFGE, label);
            case 2 -> jump(Variables.N, inverted ? IFGE : IFLT, label);
            case 3 -> {
                overflow();
                emitter.jump(inverted ? IFGE : IFLT, label);
            }
            case 4 -> jumpIfHigher(inverted, compared, label);
            case 5 -> jumpIfNotLess(inverted, compared, label);
            case 6 -> jumpIfGreater(inverted, compared, label);
            default -> emitter.jump(GOTO, label);
        }
    }

    private void jump(Local flag, int opcode, Label label) {
        emitter.load(flag);
        emitter.jump(opcode, label);
    }

    private void jumpUnsigned(int opcode, Label label) {
        emitter.load(Variables.C_A);
        emitter.load(Variables.C_B);
        out.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "compareUnsigned", "(II)I", false);
        emitter.jump(opcode, label);
    }

    private void jumpIfHigher(boolean inverted, boolean compared, Label label) {
        if (compared) {
            jumpUnsigned(inverted ? IFLE : IFGT, label);
        } else if (inverted) {
            jump(Variables.Z, IFEQ, label);
            jumpUnsigned(IFLT, label);
        } else {
            Label not = new Label();
            jump(Variables.Z, IFEQ, not);
            jumpUnsigned(IFGE, label);
            emitter.place(not);
        }
    }

    private void jumpIfNotLess(boolean inverted, boolean compared, Label label) {
        if (compared) {
            jumpSigned(inverted ? IF_ICMPLT : IF_ICMPGE, label);
        } else {
            lessThan();
            emitter.jump(inverted ? IFLT : IFGE, label);
        }
    }

    private void jumpIfGreater(boolean inverted, boolean compared, Label label) {
        if (compared) {
            jumpSigned(inverted ? IF_ICMPLE : IF_ICMPGT, label);
        } else if (inverted) {
            jump(Variables.Z, IFEQ, label);
            lessThan();
            emitter.jump(IFLT, label);
        } else {
            Label not = new Label();
            jump(Variables.Z, IFEQ, not);
            lessThan();
            emitter.jump(IFGE, label);
            emitter.place(not);
        }
    }

    /** Pushes what is negative if N and V differ. */
    private void lessThan() {
        emitter.load(Variables.N);
        overflow();
        out.visitInsn(IXOR);
    }

    private void jumpSigned(int opcode, Label label) {
        emitter.load(Variables.V_A);
        emitter.load(Variables.V_B);
        emitter.jump(opcode, label);
    }
}
