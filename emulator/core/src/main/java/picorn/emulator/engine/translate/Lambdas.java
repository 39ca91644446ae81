// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** What a lambda expression or method reference stands for. Its interface has to be {@link Serializable}: that is how Java tells. */
final class Lambdas {
    private Lambdas() {}

    /** A method and the arguments that go before the caller's. */
    record Target(String owner, String name, String descriptor, List<Value> captured) {}

    static boolean isLambda(Object object) {
        return object instanceof Serializable && object.getClass().isHidden();
    }

    static Target of(Object lambda) {
        try {
            Method replacement = lambda.getClass().getDeclaredMethod("writeReplace");
            replacement.setAccessible(true);
            SerializedLambda form = (SerializedLambda) replacement.invoke(lambda);
            List<Value> captured = new ArrayList<>();
            for (int k = 0; k < form.getCapturedArgCount(); k++) {
                captured.add(new Value.Constant(form.getCapturedArg(k)));
            }
            return new Target(form.getImplClass(), form.getImplMethodName(), form.getImplMethodSignature(), captured);
        } catch (ReflectiveOperationException failure) {
            throw new Unsupported(failure.toString());
        }
    }
}
