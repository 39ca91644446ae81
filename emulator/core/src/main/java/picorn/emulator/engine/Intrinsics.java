// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Op;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Computed;
import picorn.emulator.engine.translate.Value.Constant;

/** Methods that meanings call and that are other code when translated: flags, conditions, branches, ends of runs, memory. */
final class Intrinsics {
    private static final String CORE = Type.getInternalName(Core.class);
    private static final Op BRANCH_OR_RETURN =
            new Op(INVOKEVIRTUAL, 0, null, CORE, "branchOrReturn", "(I)V", List.of(), List.of());

    private final InstructionTranslator translator;
    private final Emitter emitter;
    private final MemoryAccess memory;
    private final MultipleAccess multiple;
    private final Map<String, Intrinsic> all = Map.ofEntries(
            Map.entry("DataProcessing.addAndSetFlags", this::add),
            Map.entry("Core.holds", this::holds),
            Map.entry("Core.branchOrReturn", this::branchOrReturn),
            Map.entry("Core.interwork", this::interwork),
            Map.entry("Core.requireFloatingPoint", this::requireFloatingPoint),
            Map.entry("Core.stopAfter", this::stopAfter),
            Map.entry("Core.masks", this::masks),
            Map.entry("LoadStoreMultiple.load", this::loadMany),
            Map.entry("LoadStoreMultiple.store", (path, op, arguments) -> multiple()
                    .write(path, arguments)),
            Map.entry("Memory.requireAligned", this::requireAligned),
            Map.entry("Core.fault", this::refuse),
            Map.entry("Core.stopAt", this::refuse),
            Map.entry("Memory.readWords", (path, op, arguments) -> memory().read(path, arguments.get(1), 64)),
            Map.entry("Memory.read32", (path, op, arguments) -> memory().read(path, arguments.get(1), 32)),
            Map.entry("Memory.read16", (path, op, arguments) -> memory().read(path, arguments.get(1), 16)),
            Map.entry("Memory.read8", (path, op, arguments) -> memory().read(path, arguments.get(1), 8)),
            Map.entry("Memory.writeWords", (path, op, arguments) -> memory().write(path, arguments, 64)),
            Map.entry("Memory.write32", (path, op, arguments) -> memory().write(path, arguments, 32)),
            Map.entry("Memory.write16", (path, op, arguments) -> memory().write(path, arguments, 16)),
            Map.entry("Memory.write8", (path, op, arguments) -> memory().write(path, arguments, 8)));

    @FunctionalInterface
    private interface Intrinsic {
        void write(GuestPath path, Op op, List<Value> arguments);
    }

    Intrinsics(InstructionTranslator translator, Emitter emitter) {
        this.translator = translator;
        this.emitter = emitter;
        memory = new MemoryAccess(translator, emitter);
        multiple = new MultipleAccess(translator, emitter);
    }

    private MemoryAccess memory() {
        return memory;
    }

    private MultipleAccess multiple() {
        return multiple;
    }

    /** Writes a call, if it is one of these. */
    boolean call(GuestPath path, Op op, List<Value> arguments) {
        String owner = op.owner().substring(op.owner().lastIndexOf('/') + 1);
        Intrinsic intrinsic = all.get(owner + "." + op.name());
        if (intrinsic == null) {
            return false;
        }
        intrinsic.write(path, op, arguments);
        return true;
    }

    // Flags.

    private void add(GuestPath path, Op op, List<Value> arguments) {
        Value a = arguments.get(1);
        Value b = arguments.get(2);
        Value carryIn = arguments.get(3);
        if (Value.is(carryIn, 1) && isComplement(b)) {
            compare(path, a, complement(b));
        } else if (Value.is(carryIn, 1) && isComplement(a)) {
            compare(path, b, complement(a));
        } else if (Value.is(carryIn, 0) && b instanceof Constant known && known.number() << 1 != 0) {
            compare(path, a, new Constant(-known.number()));
        } else {
            addAnyhow(path, translator.settle(a), translator.settle(b), carryIn);
        }
    }

    private static boolean isComplement(Value value) {
        return value instanceof Constant
                || value instanceof Computed computed
                        && computed.op().opcode() == IXOR
                        && Value.is(computed.operands().get(1), -1);
    }

    private static Value complement(Value value) {
        return value instanceof Constant known
                ? new Constant(~known.number())
                : ((Computed) value).operands().get(0);
    }

    /** All four flags are those of {@code a - b}. */
    private void compare(GuestPath path, Value minuend, Value subtrahend) {
        Value a = translator.settle(minuend);
        Value b = translator.settle(subtrahend);
        Value result = translator.settle(InstructionTranslator.combined(ISUB, a, b));
        setFlags(path, result, a, b, a, b);
        path.compared = true;
        translator.give(path, result);
    }

    private void addAnyhow(GuestPath path, Value a, Value b, Value carryIn) {
        Value sum = translator.settle(
                InstructionTranslator.combined(IADD, InstructionTranslator.combined(IADD, a, b), carryIn));
        Value carry = translator.settle(of(DataProcessing.class, "carry", a, b, sum));
        Value overflow = translator.settle(InstructionTranslator.combined(
                IAND, of(DataProcessing.class, "overflow", a, b, sum), new Constant(1 << 31)));
        setFlags(path, sum, carry, new Constant(1), overflow, new Constant(1));
        path.compared = false;
        translator.give(path, sum);
    }

    private static Value of(Class<?> owner, String name, Value... arguments) {
        Op op = new Op(INVOKESTATIC, 0, null, Type.getInternalName(owner), name, "(III)I", List.of(), List.of());
        return new Computed(op, List.of(arguments), 'I');
    }

    private void setFlags(GuestPath path, Value result, Value carryA, Value carryB, Value overflowA, Value overflowB) {
        translator.set(path, Variables.N, result);
        translator.set(path, Variables.Z, result);
        translator.set(path, Variables.C_A, carryA);
        translator.set(path, Variables.C_B, carryB);
        translator.set(path, Variables.V_A, overflowA);
        translator.set(path, Variables.V_B, overflowB);
        path.changed = true;
    }

    private void holds(GuestPath path, Op op, List<Value> arguments) {
        int condition = ((Constant) arguments.get(1)).number();
        if (condition >> 1 == 7) {
            translator.give(path, new Constant(1));
            return;
        }
        GuestPath held = translator.second(path);
        translator.unit().state().jumpIf(condition, path.compared, translator.entryOf(held));
        translator.give(held, new Constant(1));
        translator.give(path, new Constant(0));
    }

    // Branches.

    private void branchOrReturn(GuestPath path, Op op, List<Value> arguments) {
        Value target = translator.settle(arguments.get(1));
        GuestPath unusual = unusualBranch(path, op, target);
        emitter.load(target);
        emitter.load(28);
        emitter.out().visitInsn(IUSHR);
        emitter.load(15);
        emitter.jump(IF_ICMPEQ, translator.entryOf(unusual));
        path.next = InstructionTranslator.combined(IAND, target, new Constant(~1));
    }

    private void interwork(GuestPath path, Op op, List<Value> arguments) {
        Value target = translator.settle(arguments.get(1));
        unusualBranch(path, op, target);
        path.next = InstructionTranslator.combined(IAND, target, new Constant(~1));
    }

    /** Goes its own way when bit 0 is clear: the core is called and the unit is left. */
    private GuestPath unusualBranch(GuestPath path, Op op, Value target) {
        GuestPath unusual = translator.second(path);
        Value.Local next = emitter.temporary('I');
        unusual.next = next;
        unusual.leaves = true;
        translator.begin(unusual, () -> {
            emitter.load(Variables.CORE);
            emitter.load(target);
            emitter.write(op);
            emitter.load(Variables.CORE);
            emitter.write(InstructionTranslator.coreField(GETFIELD, "next", "I"));
            emitter.store(next);
        });
        emitter.load(target);
        emitter.load(1);
        emitter.out().visitInsn(IAND);
        emitter.jump(IFEQ, translator.entryOf(unusual));
        return unusual;
    }

    private void loadMany(GuestPath path, Op op, List<Value> arguments) {
        multiple.read(path, arguments)
                .ifPresent(target -> branchOrReturn(path, BRANCH_OR_RETURN, List.of(Variables.CORE, target)));
    }

    // Ends of runs.

    /** The interpreter begins the floating-point context, or finds that there is none. */
    private void requireFloatingPoint(GuestPath path, Op op, List<Value> arguments) {
        if (path.floating) {
            return;
        }
        Label notYet = translator.beginAnewLabel();
        emitter.load(Variables.CORE);
        emitter.out().visitMethodInsn(INVOKEVIRTUAL, CORE, "hasFloatingPoint", "()Z", false);
        emitter.jump(IFEQ, notYet);
        path.floating = true;
    }

    private void requireAligned(GuestPath path, Op op, List<Value> arguments) {
        if (path.changed) {
            throw new Unsupported("fault after a change");
        }
        int mask = ((Constant) arguments.get(2)).number() - 1;
        emitter.load(InstructionTranslator.combined(IAND, arguments.get(1), new Constant(mask)));
        emitter.jump(IFNE, translator.beginAnewLabel());
    }

    private void stopAfter(GuestPath path, Op op, List<Value> arguments) {
        arguments.forEach(emitter::load);
        emitter.write(op);
        path.changed = true;
        path.leaves = true;
    }

    private void masks(GuestPath path, Op op, List<Value> arguments) {
        arguments.forEach(emitter::load);
        emitter.write(op);
        path.changed = true;
        emitter.load(Variables.SLICE);
        emitter.out().visitMethodInsn(INVOKEVIRTUAL, Type.getInternalName(Slice.class), "after", "()V", false);
        GuestPath leaving = translator.second(path);
        leaving.leaves = true;
        translator.unit().state().jumpIfEvent(translator.entryOf(leaving));
    }

    /** What it returns is thrown. */
    private void refuse(GuestPath path, Op op, List<Value> arguments) {
        translator.give(path, new Constant(null));
    }
}
