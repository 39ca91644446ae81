// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Hands each test method to a JVM in a network namespace, one for all methods of a class. */
final class NamespaceExtension implements InvocationInterceptor {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(NamespaceExtension.class);

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (NamespaceJvm.isThisOne()) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        context.getParent()
                .orElseThrow()
                .getStore(STORE)
                .getOrComputeIfAbsent(NamespaceJvm.class)
                .run(context.getRequiredTestClass(), method.getExecutable());
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyThere(invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyThere(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyThere(invocation);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyThere(invocation);
    }

    private static void onlyThere(Invocation<Void> invocation) throws Throwable {
        if (NamespaceJvm.isThisOne()) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }
}
