// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The methods of this test class run in another JVM within a user and network namespace of its own (user_namespaces(7)), where
 * they are root and alone on the network. Where the host does not allow that they are skipped with the reason; they fail when CI=true.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NamespaceExtension.class)
public @interface InNetworkNamespace {}
