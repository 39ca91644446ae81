// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.SortedMap;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Methods;
import picorn.emulator.engine.translate.Op;
import picorn.emulator.engine.translate.Specializer;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Computed;
import picorn.emulator.engine.translate.Value.Constant;

/**
 * Translates instructions by evaluating their {@link Meaning}s partially: the {@link Instruction} is known, registers and flags of the
 * {@link Core} are {@link Variables}.
 */
final class InstructionTranslator extends Specializer<GuestPath> {
    private static final String ENGINE = "picorn/emulator/engine/";
    private static final String CORE = Type.getInternalName(Core.class);

    private final UnitWriter unit;
    private final CoreFields fields;
    private final Intrinsics intrinsics;
    private Instruction instruction;
    private int it;
    private int after;
    private Label end;
    private int nextIt;
    private boolean compared;
    private boolean floating;
    private boolean comparedAfter;
    private boolean floatingAfter;

    InstructionTranslator(UnitWriter unit, Methods methods, Emitter emitter) {
        super(methods, emitter);
        this.unit = unit;
        fields = new CoreFields(this, emitter);
        intrinsics = new Intrinsics(this, emitter);
    }

    /** Nothing is known of the core. */
    void beginBlock() {
        compared = false;
        floating = false;
    }

    boolean comparedFlags() {
        return compared;
    }

    UnitWriter unit() {
        return unit;
    }

    Instruction instruction() {
        return instruction;
    }

    /** ITSTATE before the instruction. */
    int it() {
        return it;
    }

    /** Instructions after it in its block. */
    int after() {
        return after;
    }

    /**
     * Writes the code of an instruction whose condition holds.
     *
     * @param state ITSTATE
     * @param count of instructions that follow in the block
     * @param next where the code of the next one begins
     * @return ITSTATE after it
     */
    int translate(Instruction i, int state, int count, Label next) {
        instruction = i;
        it = state;
        after = count;
        end = next;
        nextIt = Core.itAdvance(state);
        comparedAfter = it == 0 || compared;
        floatingAfter = it == 0 || floating;
        GuestPath path = new GuestPath();
        path.next = new Constant(i.address + i.length);
        path.it = state;
        path.compared = compared;
        path.floating = floating;
        evaluate(path, i.meaning, List.of(Variables.CORE, new Constant(i)));
        // of an instruction that may be skipped, what was known before has to hold too
        compared = comparedAfter;
        floating = floatingAfter;
        return nextIt;
    }

    // Ends of paths.

    @Override
    protected void thrown(GuestPath path) {
        if (path.changed) {
            throw new Unsupported("fault after a change");
        }
        beginAnew();
    }

    /** Leaves, so that the interpreter executes the instruction. */
    void beginAnew() {
        unit.leaveTo(new Constant(instruction.address), it, after + 1);
    }

    /** Leaves from a stub, as {@link #beginAnew}. */
    Label beginAnewLabel() {
        return unit.exitTo(new Constant(instruction.address), it, after + 1);
    }

    /** Where the interpreter executes a load or store of several registers, of which nothing has been done yet. */
    Label interpretInstead(GuestPath path) {
        GuestPath other = fork(path);
        comparedAfter = false;
        beginWith(other, () -> {
            end(other);
            unit.interpretMany(instruction, it, after, end);
        });
        return entry(other);
    }

    @Override
    protected void returned(GuestPath path, boolean last) {
        boolean setsIt = path.it != it;
        int state = setsIt ? path.it : Core.itAdvance(it);
        if (path.leaves) {
            unit.leaveTo(path.next, state, after);
            return;
        }
        Value next = path.next instanceof Constant ? path.next : settled(path.next);
        if (next instanceof Constant known && known.number() == instruction.address + instruction.length) {
            nextIt = state;
            comparedAfter &= path.compared;
            floatingAfter &= path.floating;
            if (!last) {
                emitter.jump(GOTO, end);
            }
        } else {
            branch(next, state);
        }
    }

    private void branch(Value next, int state) {
        if (state != 0) {
            unit.leaveTo(next, state, after);
            return;
        }
        emitter.increment(Variables.LEFT, after);
        if (next instanceof Constant known) {
            unit.goTo(known.number());
        } else {
            branchAnywhere(next);
        }
    }

    private void branchAnywhere(Value next) {
        SortedMap<Integer, Label> likely = unit.likelyTargets(instruction);
        Label elsewhere = unit.exitTo(next, 0, 0);
        if (likely.size() == 1) {
            emitter.load(next);
            emitter.load(likely.firstKey());
            emitter.jump(IF_ICMPEQ, likely.get(likely.firstKey()));
            emitter.jump(GOTO, elsewhere);
        } else if (likely.isEmpty()) {
            emitter.jump(GOTO, elsewhere);
        } else {
            emitter.load(next);
            int[] keys = likely.keySet().stream().mapToInt(Integer::intValue).toArray();
            emitter.out().visitLookupSwitchInsn(elsewhere, keys, likely.values().toArray(Label[]::new));
        }
    }

    // Fields, arrays and calls.

    @Override
    protected Value field(GuestPath path, Op op, Value object) {
        return fields.get(path, op, object);
    }

    @Override
    protected void putField(GuestPath path, Op op, Value object, Value value) {
        fields.put(path, op, object, value);
    }

    @Override
    protected Value element(GuestPath path, Value array, Value index) {
        return fields.element(array, index);
    }

    @Override
    protected void putElement(GuestPath path, Value array, Value index, Value value) {
        fields.putElement(path, array, index, value);
    }

    @Override
    protected void call(GuestPath path, Op op, List<Value> arguments) {
        if (intrinsics.call(path, op, arguments)) {
            return;
        }
        boolean known = !arguments.isEmpty() && arguments.get(0) instanceof Constant;
        if (op.opcode() != INVOKESTATIC && isLambda(arguments.get(0))) {
            callLambda(path, ((Constant) arguments.get(0)).value(), arguments.subList(1, arguments.size()));
        } else if (op.opcode() == INVOKEINTERFACE || op.opcode() == INVOKEVIRTUAL && known) {
            enter(
                    path,
                    Type.getInternalName(((Constant) arguments.get(0)).value().getClass()),
                    op,
                    arguments);
        } else if (isInlined(op, arguments)) {
            enter(path, op.owner(), op, arguments);
        } else {
            emitCall(path, op, arguments);
        }
    }

    private boolean isInlined(Op op, List<Value> arguments) {
        if (!op.owner().startsWith(ENGINE) || op.owner().indexOf('/', ENGINE.length()) >= 0) {
            return false;
        }
        return op.opcode() != INVOKESTATIC
                || code(op.owner(), op).isPrivate()
                || arguments.stream().anyMatch(value -> value instanceof Constant || value.equals(Variables.CORE));
    }

    /** Leaves a call as it is. */
    private void emitCall(GuestPath path, Op op, List<Value> arguments) {
        if (JavaMethods.apply(op, arguments)) {
            push(path, JavaMethods.of(op, arguments));
            return;
        }
        Type result = Type.getReturnType(op.descriptor());
        boolean pure = op.owner().startsWith("java/lang/");
        if (pure) {
            push(path, new Computed(op, arguments, typeOf(result)));
            return;
        }
        arguments.forEach(emitter::load);
        emitter.write(op);
        path.changed |= !op.owner().startsWith(ENGINE) || result == Type.VOID_TYPE;
        if (result != Type.VOID_TYPE) {
            push(path, popped(typeOf(result)));
        }
    }

    static char typeOf(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> 'J';
            case Type.OBJECT, Type.ARRAY -> 'A';
            default -> 'I';
        };
    }

    // For those who write parts of it.

    void give(GuestPath path, Value value) {
        push(path, value);
    }

    Value settle(Value value) {
        return settled(value);
    }

    Value.Local pop(char type) {
        return popped(type);
    }

    void set(GuestPath path, Value.Local variable, Value value) {
        assign(path, variable, value);
    }

    GuestPath second(GuestPath path) {
        return fork(path);
    }

    void begin(GuestPath path, Runnable code) {
        beginWith(path, code);
    }

    Label entryOf(GuestPath path) {
        return entry(path);
    }

    static Value combined(int opcode, Value a, Value b) {
        return binary(plain(opcode), a, b);
    }

    static Op instruction(int opcode) {
        return plain(opcode);
    }

    /** An access of a field of {@link Core}. */
    static Op coreField(int opcode, String name, String type) {
        return new Op(opcode, 0, null, CORE, name, type, List.of(), List.of());
    }
}
