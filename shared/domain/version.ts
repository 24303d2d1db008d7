/** Version of the product, printed with every result; a test keeps it equal to package.json. */
export const applicationVersion = '0.1.0';
