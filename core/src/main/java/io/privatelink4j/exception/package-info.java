/**
 * What operations throw: unchecked, few kinds, each with fields for programs and a message that
 * tells people what to do next. No message, field or cause holds a credential, a signature or a
 * signed URL.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.exception;

import javax.annotation.ParametersAreNonnullByDefault;
