// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Op;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Computed;
import picorn.emulator.engine.translate.Value.Constant;

/** What the fields that meanings use are in translated code. */
final class CoreFields {
    private static final Constant REGISTERS = new Constant(new Object());
    private static final Op CARRY = staticCall("carry");
    private static final Op OVERFLOW = staticCall("overflow");
    private static final Set<String> FINAL = Set.of("memory", "fpscr");
    private static final Set<String> PLAIN =
            Set.of("q", "ge", "exclusive", "control", "msp", "psp", "processStack", "primask", "basepri", "faultmask");

    private final InstructionTranslator translator;
    private final Emitter emitter;

    CoreFields(InstructionTranslator translator, Emitter emitter) {
        this.translator = translator;
        this.emitter = emitter;
    }

    private static Op staticCall(String name) {
        return new Op(INVOKESTATIC, 0, null, Type.getInternalName(Flags.class), name, "(II)I", List.of(), List.of());
    }

    static Value carry() {
        return new Computed(CARRY, List.of(Variables.C_A, Variables.C_B), 'I');
    }

    Value get(GuestPath path, Op op, Value object) {
        if (object instanceof Constant known) {
            return ofKnown(op, known.value());
        }
        if (!object.equals(Variables.CORE)) {
            throw new Unsupported("field " + op.name());
        }
        return switch (op.name()) {
            case "r" -> REGISTERS;
            case "s" -> Variables.SINGLES;
            case "n" -> Variables.N;
            case "z" -> Variables.Z;
            case "c" -> carry();
            case "v" -> new Computed(OVERFLOW, List.of(Variables.V_A, Variables.V_B), 'I');
            case "next" -> path.next;
            case "pc" -> new Constant(translator.instruction().address);
            case "it" -> new Constant(path.it);
            default -> other(op, object);
        };
    }

    private Value other(Op op, Value object) {
        Computed read = new Computed(op, List.of(object), InstructionTranslator.typeOf(Type.getType(op.descriptor())));
        return FINAL.contains(op.name()) ? read : translator.settle(read);
    }

    private static Value ofKnown(Op op, Object object) {
        try {
            Field field = object.getClass().getDeclaredField(op.name());
            field.setAccessible(true);
            Object value = field.get(object);
            return new Constant(value instanceof Boolean truth ? (Object) (truth ? 1 : 0) : value);
        } catch (ReflectiveOperationException failure) {
            throw new Unsupported(failure.toString());
        }
    }

    void put(GuestPath path, Op op, Value object, Value value) {
        if (!object.equals(Variables.CORE)) {
            throw new Unsupported("field " + op.name());
        }
        switch (op.name()) {
            case "n" -> setFlag(path, Variables.N, value);
            case "z" -> setFlag(path, Variables.Z, value);
            case "c" -> setCarry(path, value);
            case "v" -> {
                setFlag(path, Variables.V_A, InstructionTranslator.combined(IAND, value, new Constant(1 << 31)));
                setFlag(path, Variables.V_B, new Constant(1));
            }
            case "next" -> path.next = value;
            case "it" -> path.it = ((Constant) value).number();
            default -> putOther(path, op, value);
        }
    }

    private void setFlag(GuestPath path, Value.Local variable, Value value) {
        translator.set(path, variable, value);
        path.compared = false;
        path.changed = true;
    }

    private void setCarry(GuestPath path, Value value) {
        if (!value.equals(carry())) {
            setFlag(path, Variables.C_A, value);
            setFlag(path, Variables.C_B, new Constant(1));
        }
    }

    private void putOther(GuestPath path, Op op, Value value) {
        if (!PLAIN.contains(op.name())) {
            throw new Unsupported("field " + op.name());
        }
        emitter.load(Variables.CORE);
        emitter.load(value);
        emitter.write(op);
        path.changed = true;
        path.floating &= !op.name().equals("control");
    }

    Value element(Value array, Value index) {
        if (array == REGISTERS && index instanceof Constant number) {
            return switch (number.number()) {
                case Core.ZERO -> new Constant(0);
                case Core.PC -> new Constant(translator.instruction().address + 4);
                default -> translator.unit().state().used(number.number());
            };
        }
        if (array.equals(Variables.SINGLES)) {
            return translator.settle(
                    new Computed(InstructionTranslator.instruction(IALOAD), List.of(array, index), 'I'));
        }
        throw new Unsupported("an array");
    }

    void putElement(GuestPath path, Value array, Value index, Value value) {
        path.changed = true;
        if (array == REGISTERS && index instanceof Constant number) {
            if (number.number() < Core.PC) {
                translator.set(path, translator.unit().state().changed(number.number()), value);
            }
        } else if (array.equals(Variables.SINGLES)) {
            emitter.load(array);
            emitter.load(index);
            emitter.load(value);
            emitter.out().visitInsn(IASTORE);
        } else {
            throw new Unsupported("an array");
        }
    }
}
